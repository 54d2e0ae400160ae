// What is lost when the hub is killed in the middle of work: edits that were acknowledged and are not there afterwards. And how long an acknowledgement takes, durable as it is.

import { rmSync } from 'node:fs'
import { roomName, TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { spawnHub, temporaryFolder } from '../support/hub.ts'
import { openMeeting } from '../support/meeting.ts'
import { SyncClient } from './sync-client.ts'
import { kindOf, OURS } from './sync-kinds.ts'
import type { BenchRun } from './sync-parts.ts'
import { printTable, quantile, wait } from './table.ts'

const ROUNDS = 10
const EDIT_EVERY_MS = 4
const SHORTEST_MS = 300
/** Another prime, so that the kill falls elsewhere in the work each time. */
const LONGER_EACH_ROUND_MS = 37

interface Round {
  readonly acknowledged: number
  readonly lost: number
  readonly latencies: readonly number[]
}

export async function killPart({ goals }: BenchRun): Promise<void> {
  const rounds = await killRounds()
  const sum = (figure: (round: Round) => number) => rounds.reduce((total, round) => total + figure(round), 0)
  const latencies = rounds.flatMap((round) => round.latencies)
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
  const lost = sum((round) => round.lost)
  printTable(
    `kill -9 while one client edits every ${EDIT_EVERY_MS} ms, ${ROUNDS} rounds`,
    ['server', 'acknowledged', 'lost', 'ack p50 ms', 'ack p99 ms'],
    [[OURS, String(sum((round) => round.acknowledged)), String(lost), p50, p99]],
  )
  goals.atMost('acknowledged and lost after kill -9', lost, 0)
  goals.atMost('acknowledgement p50', p50, 1, 'ms')
  goals.atMost('acknowledgement p99', p99, 6, 'ms')
}

async function killRounds(): Promise<readonly Round[]> {
  const dataFolder = temporaryFolder()
  const options = { dataFolder, host: '127.0.0.1', port: 0, sampleCommune: true }
  let hub = await spawnHub(options)
  const { secretary, meetingId } = await openMeeting(hub.url)
  const room = roomName.meeting(meetingId, 'conclusions')
  const rounds: Round[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const ticket = await secretary.at(hub.url).ticket(room)
    const address = `${hub.url.replace('http', 'ws')}/sync/${room}?ticket=${ticket}`
    using client = await SyncClient.join(kindOf(OURS), address, n)
    const written: { readonly mark: string; readonly at: number }[] = []
    const latencies: number[] = []
    client.onAcknowledged = (count) => {
      const now = performance.now()
      for (const edit of written.slice(latencies.length, count)) latencies.push(now - edit.at)
    }
    const timer = setInterval(() => written.push({ at: performance.now(), mark: client.edit() }), EDIT_EVERY_MS)
    await wait(SHORTEST_MS + n * LONGER_EACH_ROUND_MS)
    await hub.kill()
    clearInterval(timer)
    hub = await spawnHub(options)
    const reader = await secretary.at(hub.url).enter(room)
    // Edits of one client are kept in order: those up to the mark that stands there are kept, those after it are not.
    const kept = written.findIndex(({ mark }) => mark === reader.doc.getMap(TEXT_ROOT).get(client.name)) + 1
    reader.leave()
    rounds.push({ acknowledged: latencies.length, lost: Math.max(0, latencies.length - kept), latencies })
  }
  await hub.kill()
  rmSync(dataFolder, { recursive: true, force: true })
  return rounds
}
