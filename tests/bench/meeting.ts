// A meeting of 500 through the real hub: ballots cast within one second, and how long its board takes to open after 10,000 acts.

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import * as Y from 'yjs'
import { BOARD_ROOT } from '../../shared/board/mirror.ts'
import { roomName } from '../../shared/hub/rooms.ts'
import type { MeetingBoard } from '../../shared/meeting/view.ts'
import { SAMPLE_COMMITTEE_ID } from '../../shared/sample/commune.ts'
import { spawnHub, temporaryFolder } from '../support/hub.ts'
import type { Person } from '../support/person.ts'
import { type Assembly, foundAssembly } from './assembly.ts'
import { SyncClient } from './sync-client.ts'
import { kindOf, OURS } from './sync-kinds.ts'
import { median, printTable, quantile, wait } from './table.ts'

const VOTERS = 500
const WITHIN_MS = 1000
/** With 500 check-ins and 500 ballots each, more than 10,000 acts. */
const VOTES = 20
/** In so many of them all 500 have the board open on the same machine, and their sockets compete with the hub for it. */
const WATCHED_VOTES = 3
const JOINS = 5

interface Meeting {
  readonly url: string
  readonly assembly: Assembly
  readonly meetingId: string
  readonly itemId: string
}

export async function meetingPart(): Promise<void> {
  const dataFolder = temporaryFolder()
  const people = await foundAssembly(dataFolder, VOTERS)
  const options = { dataFolder, host: '127.0.0.1', port: 0 }
  let hub = await spawnHub(options)
  const meeting = await open(people, hub.url)
  const board = roomName.meeting(meeting.meetingId, 'board')
  const watched: number[] = []
  const alone: number[] = []
  {
    using stack = new DisposableStack()
    for (const [n, voter] of meeting.assembly.voters.entries())
      stack.use(await SyncClient.join(kindOf(OURS), await addressOf(voter, hub.url, board), n))
    for (let n = 0; n < WATCHED_VOTES; n++) watched.push(...(await vote(meeting)))
  }
  // One stays in the room, so that its board is the one that has lived through all of it.
  const watcher = await meeting.assembly.secretary.enter(board)
  for (let n = WATCHED_VOTES; n < VOTES; n++) alone.push(...(await vote(meeting)))
  printTable(
    `${VOTERS} ballots within ${WITHIN_MS} ms, ${VOTES} votes`,
    ['', 'answer p50 ms', 'answer p99 ms', 'slowest ms'],
    [
      ['all with the board open', quantile(watched, 0.5), quantile(watched, 0.99), Math.max(...watched)],
      ['boards closed', quantile(alone, 0.5), quantile(alone, 0.99), Math.max(...alone)],
    ],
  )

  const live = await joins(meeting.assembly.voters, board)
  watcher.leave()
  await hub.kill()
  const began = performance.now()
  hub = await spawnHub(options)
  const started = performance.now() - began
  const voters = meeting.assembly.voters.map((voter) => voter.at(hub.url))
  const [first] = await joins(voters.slice(0, 1), board)
  const others = await joins(voters.slice(1), board)
  printTable(
    `a board after ${VOTERS + VOTES * (VOTERS + 3)} acts and ${VOTES} votes, ticket to complete state`,
    ['', 'ms', 'kB'],
    [
      ['the room was open all the time', median(live.map((join) => join.ms)), live[0]?.kilobytes ?? NaN],
      ['first after a restart', first?.ms ?? NaN, first?.kilobytes ?? NaN],
      ['others after a restart', median(others.map((join) => join.ms)), others[0]?.kilobytes ?? NaN],
      ['(start of the hub: whole ledger read)', started, NaN],
    ],
  )
  await hub.kill()
  rmSync(dataFolder, { recursive: true, force: true })
}

async function must(answer: Promise<string>): Promise<void> {
  const said = await answer
  if (said !== 'ok') throw new Error(`the hub said ${said}`)
}

async function open(people: Assembly, url: string): Promise<Meeting> {
  const [chair, secretary] = [people.chair.at(url), people.secretary.at(url)]
  const voters = people.voters.map((voter) => voter.at(url))
  const [meetingId, itemId] = [randomUUID(), randomUUID()]
  const title = 'Kỳ họp thường lệ'
  await must(
    secretary.perform('meeting.create', {
      meetingId,
      bodyId: SAMPLE_COMMITTEE_ID,
      ruleSetId: 'committee-session',
      title,
      kind: 'ordinary',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      plannedMinutes: 180,
      room: 'Hội trường',
      chairId: chair.personId,
      secretaryIds: [secretary.personId],
    }),
  )
  const item = { meetingId, itemId, parentId: null, title, presenterId: null, minutes: 20, reason: null }
  await must(secretary.perform('meeting.putItem', item))
  await must(secretary.perform('meeting.publish', { meetingId }))
  await Promise.all([chair, ...voters].map((person) => must(person.perform('meeting.checkIn', { meetingId }))))
  await must(chair.perform('meeting.open', { meetingId }))
  return { url, assembly: { chair, secretary, voters }, meetingId, itemId }
}

/** One whole vote. @returns ms from the sending of each ballot to its answer */
async function vote({ assembly, meetingId, itemId }: Meeting): Promise<readonly number[]> {
  const motionId = randomUUID()
  const motion = { meetingId, motionId, itemId, text: 'Thông qua nghị quyết', ruleSetId: 'committee-session' }
  await must(assembly.secretary.perform('meeting.proposeMotion', motion))
  await must(assembly.chair.perform('meeting.openVote', { meetingId, motionId }))
  // Signed before: each of them has a device of one's own for that.
  const ballots = assembly.voters.map((voter, n) =>
    voter.act('meeting.castBallot', { meetingId, motionId, choice: n % 3 === 0 ? 'against' : 'for' }),
  )
  const began = performance.now()
  const times = await Promise.all(
    assembly.voters.map(async (voter, n) => {
      await wait((n * WITHIN_MS) / VOTERS - (performance.now() - began))
      const sent = performance.now()
      const { result } = await voter.send(ballots[n])
      if (!result.ok) throw new Error(`a ballot was refused: ${result.code}`)
      return performance.now() - sent
    }),
  )
  await must(assembly.chair.perform('meeting.closeVote', { meetingId, motionId }))
  return times
}

async function addressOf(person: Person, url: string, room: string): Promise<string> {
  return `${url.replace('http', 'ws')}/sync/${room}?ticket=${await person.ticket(room)}`
}

/** People open the board one after the other, each with the provider from npm and an empty copy. */
async function joins(people: readonly Person[], board: string): Promise<{ ms: number; kilobytes: number }[]> {
  const results: { ms: number; kilobytes: number }[] = []
  for (const person of people.slice(0, JOINS)) {
    const began = performance.now()
    const { doc, leave } = await person.enter(board)
    const { motions } = doc.getMap(BOARD_ROOT).toJSON() as MeetingBoard
    const ms = performance.now() - began
    const cast = Object.values(motions).map((motion) => Object.keys(motion.ballots ?? {}).length)
    if (cast.length !== VOTES || cast.some((count) => count !== VOTERS)) throw new Error('the board is not complete')
    results.push({ ms, kilobytes: Y.encodeStateAsUpdate(doc).byteLength / 1000 })
    leave()
  }
  return results
}
