// A text between its people and its store: what has gathered is one commit, nobody is shown what is not durable, and after a failure nothing more is taken.
import type { WebSocket } from 'ws'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseRoom, roomName, TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { systemClock } from '../clock.ts'
import type { Store, TextUpdate } from '../store/store.ts'
import { Connection } from './connection.ts'
import { TextRoom } from './text-room.ts'

const NAME = roomName.meeting('00000000-0000-4000-8000-000000000001', 'conclusions')

function roomWith(appendText: Store['appendText']) {
  const faults: unknown[] = []
  const store = { appendText } as Store
  const room = new TextRoom(NAME, parseRoom(NAME)!, null, store, systemClock, (_room, fault) => faults.push(fault))
  return { room, faults }
}

function enter(room: TextRoom, personId: string, written: (frames: Buffer) => void = () => undefined): Connection {
  const tcp = { writableLength: 0, write: written }
  // The part of a socket that a connection uses; a real one would bring a server and its timing into these tests.
  const socket = { readyState: 1, OPEN: 1, _socket: tcp, close: () => undefined } as unknown as WebSocket
  const connection = new Connection(socket, { personId, sessionId: personId, deviceId: personId })
  room.join(connection, true)
  return connection
}

/** Letters of one writer, each an update of its own. */
function letters(text: string): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  const paragraph = new Y.XmlText()
  doc.getXmlFragment(TEXT_ROOT).insert(0, [paragraph])
  for (const letter of text) paragraph.insert(paragraph.length, letter)
  return updates
}

const EMPTY = Y.encodeStateVector(new Y.Doc())
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what comes in one turn is one commit', async () => {
  const commits: (readonly TextUpdate[])[] = []
  const { room } = roomWith((rows) => Promise.resolve(void commits.push(rows)))
  const writer = enter(room, 'lan')
  for (const update of letters('abc')) room.receiveUpdate(writer, update, false)
  await turn()
  expect(commits.map((rows) => rows.map((row) => row.seq))).toEqual([[1, 2, 3, 4]])
  expect(writer.acknowledged).toBe(4)
})

test('who joins between an edit and its commit is shown nothing before the commit', () => {
  const order: string[] = []
  const { room } = roomWith(() => Promise.resolve(void order.push('commit')))
  const writer = enter(room, 'lan')
  const joiner = enter(room, 'minh', (frames) => {
    if (frames.includes('secret')) order.push('shown')
  })
  const doc = new Y.Doc()
  doc.getXmlFragment(TEXT_ROOT).insert(0, [new Y.XmlText('secret')])
  room.receiveUpdate(writer, Y.encodeStateAsUpdate(doc), false)
  room.synchronise(joiner, EMPTY)
  expect(order).toEqual(['commit', 'shown'])
})

test('after the store failed nothing more is stored, acknowledged or sent by this copy of the room', async () => {
  let asked = 0
  const { room, faults } = roomWith(() => {
    asked += 1
    return Promise.reject(new Error('gone'))
  })
  const writer = enter(room, 'lan')
  const [first, second, third] = letters('ab')
  room.receiveUpdate(writer, first!, false)
  await turn()
  room.receiveUpdate(writer, second!, false)
  room.dispose()
  room.receiveUpdate(writer, third!, false)
  await turn()
  expect([asked, faults.length, writer.acknowledged]).toEqual([1, 1, 0])
})

test('a room that is unloaded stores what has gathered', async () => {
  const stored: number[] = []
  const { room } = roomWith((rows) => Promise.resolve(void stored.push(...rows.map((row) => row.seq))))
  const writer = enter(room, 'lan')
  for (const update of letters('a')) room.receiveUpdate(writer, update, false)
  room.dispose()
  await turn()
  expect(stored).toEqual([1, 2])
})
