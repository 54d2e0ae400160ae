// The ledger: what is in it rebuilds every board, one changed byte is found, and a journey through all acts passes both.
import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyChain, type LedgerRow } from '../../shared/ledger/chain.ts'
import { roomName } from '../../shared/hub/rooms.ts'
import { openVote, MEMBER_NAMES, type VoteScene } from '../support/meeting.ts'
import { temporaryFolder, testHub, type TestHub } from '../support/hub.ts'
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

/** A copy of the data folder in which `sql` was run: what somebody with access to the disk could do. */
function tampered(sql: string): string {
  const folder = temporaryFolder()
  cpSync(hub.dataFolder, folder, { recursive: true })
  const db = new Database(join(folder, 'hub.sqlite'))
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
  return folder
}

/** What the command's process says of a folder. */
function verify(folder: string): { readonly status: number | null; readonly wrong: unknown[] } {
  const worker = join(import.meta.dirname, '../../hub/ledger/check.worker.ts')
  const { status, stdout } = spawnSync(process.execPath, [worker, folder], { encoding: 'utf8' })
  const reports = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { ok: boolean })
  return { status, wrong: reports.filter((report) => !report.ok) }
}

test('the verifying process passes a sound ledger and names the place of each kind of tampering', () => {
  const stream = `meeting/${scene.meetingId}`
  expect(verify(hub.dataFolder)).toEqual({ status: 0, wrong: [] })
  const cases = [
    [
      `UPDATE ledger SET text = replace(text, '"for"', '"fom"') WHERE stream = '${stream}' AND seq = 25`,
      { seq: 25, fault: 'hash' },
    ],
    [
      `UPDATE ledger SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE stream = '${stream}' AND seq = 3`,
      { seq: 3, fault: 'hash' },
    ],
    [`DELETE FROM ledger WHERE stream = '${stream}' AND seq = 4`, { seq: 5, fault: 'sequence' }],
    [`UPDATE ledger SET act_id = 'x' WHERE stream = '${stream}' AND seq = 2`, { seq: 2, fault: 'content' }],
  ] as const
  for (const [sql, found] of cases) {
    const folder = tampered(sql)
    expect(verify(folder), sql).toEqual({ status: 1, wrong: [{ stream, ok: false, ...found }] })
    rmSync(folder, { recursive: true, force: true })
  }
})
