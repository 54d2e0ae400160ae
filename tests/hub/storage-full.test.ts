// A full disk: the act is not answered as done, nothing half-written stays, and the hub goes on when there is room again.
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqliteStore } from '../../hub/store/sqlite-store.ts'
import { StorageFull, type Store } from '../../hub/store/store.ts'
import { temporaryFolder, testHub, type TestHub } from '../support/hub.ts'
import { openVote, type VoteScene } from '../support/meeting.ts'
import { logIn } from '../support/person.ts'

const disk = { full: false }
let hub: TestHub
let scene: VoteScene

/** Fails as SQLite does on a full disk: after the decision, before the commit. */
function onThisDisk(store: Store): Store {
  return new Proxy(store, {
    get: (target, name: keyof Store) => {
      const method = target[name].bind(target) as (...args: unknown[]) => Promise<unknown>
      const writes = name.startsWith('append') || name.startsWith('save')
      return writes
        ? async (...args: unknown[]) => (disk.full ? Promise.reject(new StorageFull('full')) : method(...args))
        : method
    },
  })
}

beforeAll(async () => {
  hub = await testHub({}, { wrapStore: onThisDisk })
  scene = await openVote(hub.url)
})
afterAll(async () => {
  await hub.end()
})

test('a ballot on a full disk is refused by name, is not shown to anyone, and counts when it is sent again', async () => {
  const member = await logIn(hub.url, 'yte')
  const act = member.act('meeting.castBallot', { meetingId: scene.meetingId, motionId: scene.motionId, choice: 'for' })
  const before = hub.decider.state
  disk.full = true
  const refused = await member.send(act)
  expect([refused.status, refused.result]).toEqual([507, { ok: false, code: 'storage-full' }])
  expect(hub.decider.state).toBe(before)
  disk.full = false
  expect((await member.send(act)).result.ok).toBe(true)
  expect(
    hub.decider.state.meetings.get(scene.meetingId)?.motions[scene.motionId]?.ballots[member.personId]?.choice,
  ).toBe('for')
})

test('SQLite itself out of space: the store says so and keeps what it had', async () => {
  const file = join(temporaryFolder(), 'small.sqlite')
  const store = openSqliteStore(file, { maxBytes: 200_000 })
  const row = (i: number) => ({
    sha256: `${i}`.padStart(64, '0'),
    personId: randomUUID(),
    size: 1,
    pages: 1,
    at: '2026-11-22T00:00:00.000Z',
  })
  let kept = 0
  const fill = async () => {
    for (;;) {
      await store.saveUpload(row(kept))
      kept += 1
    }
  }
  await expect(fill()).rejects.toBeInstanceOf(StorageFull)
  await store.close()
  const db = new Database(file, { readonly: true })
  expect(db.prepare('SELECT COUNT(*) AS n FROM upload').get()).toEqual({ n: kept })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})
