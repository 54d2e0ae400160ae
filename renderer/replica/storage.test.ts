// @vitest-environment node
// What is on the device: sealed contents, whole quarantine rows, folded rooms, and failures of the storage as data.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createOutboxStore } from './outbox-store.ts'
import { createQuarantine } from './quarantine.ts'
import { testDevice } from './replica.fixture.ts'
import { COMPACT_ROWS, createRoomStore } from './room-store.ts'
import { createSettings } from './settings.ts'
import { storageCode } from './storage-problem.ts'

const item = (id: string, time: string) =>
  ({ id, kind: 'text', type: null, body: null, text: 'Câu đến muộn', code: 'text-read-only', time }) as const

it('keeps quarantined text sealed on the disk and readable for the person, until it was seen', async () => {
  const device = testDevice()
  const replica = await device.start()
  const quarantine = createQuarantine(replica)
  for (const each of [item('b', '2026-11-22T09:00:00.000Z'), item('a', '2026-11-22T10:00:00.000Z')]) {
    await replica.strict.quarantine.put(await quarantine.rowOf(each))
  }
  const rows = await replica.strict.quarantine.toArray()
  expect(rows.map((row) => new TextDecoder().decode(row.bytes)).join('')).not.toContain('muộn')
  replica.close()

  const again = createQuarantine(await device.start())
  await again.reload()
  expect(again.items.current().map(({ id, text }) => [id, text])).toEqual([
    ['b', 'Câu đến muộn'],
    ['a', 'Câu đến muộn'],
  ])
  await again.dismiss('b')
  expect(again.items.current().map(({ id }) => id)).toEqual(['a'])
})

it('folds the rows of a room and reads the same document back', async () => {
  const replica = await testDevice().start()
  const rooms = createRoomStore(replica)
  await rooms.enter({ id: 'r', epoch: 1, write: false })
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let i = 0; i < COMPACT_ROWS + 10; i += 1) doc.getMap('board').set(`k${i % 40}`, i)
  for (const update of updates) await rooms.confirm('r', 1, update)
  expect(await replica.relaxed.confirmed.count()).toBeLessThan(20)
  const loaded = await rooms.load('r')
  if (!loaded.ok) throw new Error(loaded.code)
  const copy = new Y.Doc()
  for (const update of loaded.value.confirmed) Y.applyUpdate(copy, update)
  expect(copy.getMap('board').toJSON()).toEqual(doc.getMap('board').toJSON())

  await rooms.confirm('r', 2, updates[0]!)
  await rooms.enter({ id: 'r', epoch: 2, write: true })
  const next = await rooms.load('r')
  expect(next.ok && next.value.confirmed.length).toBe(1)
  await rooms.forget('r')
  expect(await replica.relaxed.confirmed.count()).toBe(0)
})

it('passes over rows that do not open: the hub sends them again', async () => {
  const replica = await testDevice().start()
  const rooms = createRoomStore(replica)
  await rooms.enter({ id: 'r', epoch: 1, write: false })
  await replica.relaxed.confirmed.add({ room: 'r', epoch: 1, bytes: new Uint8Array(40) })
  const loaded = await rooms.load('r')
  expect(loaded.ok && loaded.value.confirmed).toEqual([])
})

it('says full and closed as data, and shows it until a write succeeds', async () => {
  const replica = await testDevice().start()
  const settings = createSettings(replica)
  const full = new Dexie.AbortError('aborted', new DOMException('quota', 'QuotaExceededError'))
  const failed = await replica.guard.run(() => Promise.reject(full))
  expect(failed).toEqual({ ok: false, code: 'device-storage-full' })
  expect(replica.guard.problem.current()).toBe('device-storage-full')
  expect((await settings.write('page', 3)).ok).toBe(true)
  expect(replica.guard.problem.current()).toBeNull()
  expect(await settings.read('page')).toEqual({ ok: true, value: 3 })

  replica.close()
  expect(await createOutboxStore(replica).all()).toEqual({ ok: false, code: 'device-storage-closed' })
  expect(replica.guard.problem.current()).toBe('device-storage-closed')
  expect(storageCode({ name: 'BulkError', failures: [{ name: 'QuotaExceededError' }] })).toBe('device-storage-full')
})
