// The ledger: what is in it rebuilds every board, one changed byte is found, and a journey through all acts passes both.
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyChain, type LedgerRow } from '../../shared/ledger/chain.ts'
import { roomName } from '../../shared/hub/rooms.ts'
import { openVote, MEMBER_NAMES, type VoteScene } from '../support/meeting.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { logIn } from '../support/person.ts'

let hub: TestHub
let scene: VoteScene

beforeAll(async () => {
  hub = await testHub()
  scene = await openVote(hub.url)
  const { meetingId, motionId } = scene
  for (const name of MEMBER_NAMES.slice(0, 5)) {
    const person = await logIn(hub.url, name)
    await person.perform('meeting.castBallot', { meetingId, motionId, choice: 'for' })
  }
  await scene.chair.perform('meeting.closeVote', { meetingId, motionId })
})
afterAll(async () => {
  await hub.end()
})

test('boards rebuilt from the ledger by a new hub equal the live ones', async () => {
  const rooms = [
    roomName.directory(),
    roomName.desk(scene.chair.personId),
    roomName.meeting(scene.meetingId, 'board'),
    roomName.meeting(scene.meetingId, 'organisers'),
  ]
  const open = await Promise.all(rooms.map((room) => scene.chair.enter(room)))
  await scene.chair.perform('meeting.goToItem', { meetingId: scene.meetingId, itemId: scene.itemIds[2] ?? '' })
  const live = hub.rooms.boards()
  expect([...live.keys()].sort()).toEqual([...rooms].sort())
  const folder = hub.dataFolder
  for (const room of open) room.leave()
  await hub.close()
  hub = await testHub({ dataFolder: folder })
  for (const [name, board] of live) {
    const found = hub.rooms.access(name, scene.chair.personId)
    expect(found === null ? null : JSON.parse(JSON.stringify(hub.rooms.viewOf(found.room)))).toEqual(board)
  }
})

test('one changed byte in any column of any entry is found, with its place', async () => {
  const db = new Database(join(hub.dataFolder, 'hub.sqlite'), { readonly: true })
  const rows = db
    .prepare('SELECT stream, seq, act_id AS actId, text, previous, hash FROM ledger WHERE stream = ? ORDER BY seq')
    .all(`meeting/${scene.meetingId}`) as LedgerRow[]
  db.close()
  expect(verifyChain(rows)).toMatchObject({ ok: true, entries: rows.length })
  for (const [i, row] of rows.entries()) {
    const at = (i * 131) % row.text.length
    const swapped = row.text[at] === 'x' ? 'y' : 'x'
    const text = row.text.slice(0, at) + swapped + row.text.slice(at + 1)
    expect(verifyChain(rows.with(i, { ...row, text }))).toEqual({ ok: false, seq: row.seq, fault: 'hash' })
  }
})
