// Power cuts: the hub is killed without warning in the middle of work, sometimes with a torn write behind it. Nothing that anyone saw as accepted is missing.
import Database from 'better-sqlite3'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { verifyChain, type LedgerRow } from '../../shared/ledger/chain.ts'
import { roomName, TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { spawnHub, temporaryFolder, type HubProcess } from '../support/hub.ts'
import { openVote } from '../support/meeting.ts'
import { logIn, type Person } from '../support/person.ts'
import { rawSocket } from '../support/raw-socket.ts'
import { seededRandom } from '../support/seeded-random.ts'

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 50)
const SEED = process.env['SEED'] ?? `${Date.now()}`

/** Sends ballots, changing the mind each time, until the line breaks; remembers what was answered as accepted. */
async function vote(
  person: Person,
  body: { meetingId: string; motionId: string },
  accepted: Set<string>,
): Promise<void> {
  for (let i = 0; ; i += 1) {
    const act = person.act('meeting.castBallot', { ...body, choice: i % 2 === 0 ? 'for' : 'against' })
    try {
      const { result } = await person.send(act)
      if (result.ok) accepted.add(act.id)
      else if (result.code !== 'rate-limited') throw new Error(result.code)
    } catch (error) {
      if (error instanceof TypeError) return
      throw error
    }
  }
}

interface Typist {
  acknowledged(): number
  stop(): void
}

/** Sends what the hub lacks of `doc`, then each letter as an update of its own, until it is stopped. */
async function typeInto(person: Person, url: string, room: string, doc: Y.Doc): Promise<Typist> {
  const socket = await rawSocket(url, room, await person.ticket(room))
  socket.bind(doc.clientID)
  socket.sendVector(Y.encodeStateVector(doc))
  socket.sendStep2(Y.encodeStateAsUpdate(doc))
  const forward = (update: Uint8Array) => socket.sendUpdate(update)
  doc.on('update', forward)
  return { acknowledged: () => socket.acknowledged.at(-1) ?? 0, stop: () => doc.off('update', forward) }
}

test(`${ROUNDS} rounds of kill -9, torn writes included: no accepted act and no acknowledged letter is lost (seed ${SEED})`, async () => {
  const random = seededRandom(SEED)
  const dataFolder = temporaryFolder()
  const options = { dataFolder, host: '127.0.0.1', port: 0, sampleCommune: true }
  let hub: HubProcess = await spawnHub(options)
  const scene = await openVote(hub.url)
  const voters = await Promise.all(['yte', 'giaoduc', 'dantoc'].map((name) => logIn(hub.url, name)))
  const room = roomName.meeting(scene.meetingId, 'conclusions')
  const accepted = new Set<string>()
  let lettersAcknowledged = 0
  const doc = new Y.Doc()
  const text = new Y.XmlText()

  for (let round = 0; round < ROUNDS; round += 1) {
    const working = voters.map((person) =>
      vote(person.at(hub.url), { meetingId: scene.meetingId, motionId: scene.motionId }, accepted),
    )
    const typist = await typeInto(scene.secretary.at(hub.url), hub.url, room, doc)
    if (round === 0) doc.getXmlFragment(TEXT_ROOT).insert(0, [text])
    const typing = setInterval(() => text.insert(text.length, 'a'), 2)
    await new Promise((resolve) => setTimeout(resolve, 30 + random() * 220))
    await hub.kill()
    clearInterval(typing)
    await Promise.all(working)
    typist.stop()
    lettersAcknowledged += typist.acknowledged()
    const log = join(dataFolder, 'hub.sqlite-wal')
    // A write that power cut in half: bytes at the end of the log that no commit stands behind.
    if (random() < 0.5 && existsSync(log)) {
      appendFileSync(
        log,
        Buffer.from(Array.from({ length: 1 + Math.floor(random() * 9000) }, () => Math.floor(random() * 256))),
      )
    }
    hub = await spawnHub(options)
  }

  await hub.kill()
  const db = new Database(join(dataFolder, 'hub.sqlite'), { readonly: true })
  const rows = db
    .prepare('SELECT stream, seq, act_id AS actId, text, previous, hash FROM ledger ORDER BY stream, seq')
    .all() as LedgerRow[]
  const updates = db.prepare('SELECT COUNT(*) AS n FROM text_update WHERE room = ?').get(room) as { n: number }
  const snapshot = db.prepare('SELECT seq FROM text_snapshot WHERE room = ?').get(room) as { seq: number } | undefined
  db.close()
  const kept = new Set(rows.map((row) => row.actId))
  expect([...accepted].filter((id) => !kept.has(id))).toEqual([])
  for (const stream of new Set(rows.map((row) => row.stream))) {
    expect(verifyChain(rows.filter((row) => row.stream === stream)), stream).toMatchObject({ ok: true })
  }
  expect(accepted.size).toBeGreaterThan(ROUNDS)
  expect(lettersAcknowledged).toBeGreaterThan(ROUNDS)
  expect(updates.n + (snapshot?.seq ?? 0)).toBeGreaterThan(0)

  hub = await spawnHub(options)
  const reader = await scene.secretary.at(hub.url).enter(room)
  const letters = reader.doc.getXmlFragment(TEXT_ROOT).toJSON().length
  expect(letters).toBeGreaterThanOrEqual(lettersAcknowledged - ROUNDS)
  reader.leave()
  await hub.kill()
  rmSync(dataFolder, { recursive: true, force: true })
  console.log(JSON.stringify({ rounds: ROUNDS, accepted: accepted.size, lost: 0, lettersAcknowledged, letters }))
}, 600_000)
