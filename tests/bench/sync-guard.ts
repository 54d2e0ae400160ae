// What the guard costs: µs per small update, plain Yjs beside inspection alone and inspection with apply, by size of the document.

import * as Y from 'yjs'
import { Inspector } from '../../hub/rooms/inspector/inspector.ts'
import { randomFrom } from '../attacks/random.ts'
import { roomOfSize } from './documents.ts'
import { median, printTable } from './table.ts'

interface GuardResult {
  readonly kilobytes: number
  readonly structs: number
  readonly what: 'field' | 'typing'
  /** µs per update. */
  readonly plain: number
  readonly inspect: number
  readonly inspectAndApply: number
}

const SIZES = [10_000, 100_000, 1_000_000]
const UPDATES = 2000
const PASSES = 5
/** Passes that are not counted: the compiler sees every path of all three ways first. */
const WARM_UP = 2
const CLIENT = 424_242
const PERSON = 'u7'
const ROOTS: ReadonlySet<string> = new Set(['participants', 'agenda', 'minutes'])

export function printGuard(): void {
  const rows = SIZES.flatMap(measureGuard).map(({ kilobytes, structs, what, plain, inspect, inspectAndApply }) => [
    `${kilobytes} kB`,
    String(structs),
    what,
    plain,
    inspect,
    inspectAndApply,
    inspectAndApply - plain,
  ])
  printTable(
    'guard, µs per small update',
    ['document', 'structs', 'update', 'plain', 'inspect', 'inspect+apply', 'difference'],
    rows,
  )
}

/** Two kinds of work on a room of this size: one person's own field, and typing at changing places of the minutes. */
function measureGuard(bytes: number): readonly GuardResult[] {
  const room = roomOfSize(bytes)
  const state = Y.encodeStateAsUpdate(room)
  let structs = 0
  for (const list of room.store.clients.values()) structs += list.length
  const size = { kilobytes: Math.round(state.byteLength / 1000), structs }
  return [
    { ...size, what: 'field', ...measure(state, fieldUpdates(state)) },
    { ...size, what: 'typing', ...measure(state, typedUpdates(state)) },
  ]
}

function measure(
  state: Uint8Array,
  updates: readonly Uint8Array[],
): Pick<GuardResult, 'plain' | 'inspect' | 'inspectAndApply'> {
  const plain: number[] = []
  const inspect: number[] = []
  const both: number[] = []
  for (let pass = 0; pass < WARM_UP + PASSES; pass++) {
    const doc = load(state)
    doc.on('update', () => undefined)
    plain.push(time(updates, (update) => Y.applyUpdate(doc, update)))
    const guarded = guard(load(state))
    both.push(time(updates, (update) => guarded.apply(update, PERSON)))
    // Only the first update can be judged again and again without being applied: it depends on nothing of this client.
    const [first] = updates
    const judge = guard(load(state))
    inspect.push(time(updates, () => first !== undefined && judge.inspect(first, PERSON)))
  }
  const counted = (times: readonly number[]) => median(times.slice(WARM_UP))
  return { plain: counted(plain), inspect: counted(inspect), inspectAndApply: counted(both) }
}

function time(updates: readonly Uint8Array[], work: (update: Uint8Array) => unknown): number {
  const start = performance.now()
  for (const update of updates) work(update)
  return ((performance.now() - start) * 1000) / updates.length
}

function load(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 5
  Y.applyUpdate(doc, state)
  doc.getMap('participants')
  doc.getMap('agenda')
  doc.getText('minutes')
  return doc
}

function guard(doc: Y.Doc): Inspector {
  const allow = (person: string, path: readonly string[]) =>
    path[0] === 'minutes' || (path[0] === 'participants' && path[1] === person)
  return new Inspector(doc, { allow, roots: ROOTS, bindings: [[CLIENT, PERSON]] })
}

function updatesOf(state: Uint8Array, edit: (doc: Y.Doc, n: number) => void): Uint8Array[] {
  const doc = load(state)
  doc.clientID = CLIENT
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  for (let n = 0; n < UPDATES; n++) edit(doc, n)
  return updates
}

function fieldUpdates(state: Uint8Array): Uint8Array[] {
  return updatesOf(state, (doc, n) => doc.getMap<Y.Map<number>>('participants').get(PERSON)?.set('hand', n))
}

function typedUpdates(state: Uint8Array): Uint8Array[] {
  const random = randomFrom(13)
  let at = 0
  return updatesOf(state, (doc, n) => {
    const text = doc.getText('minutes')
    at = n % 40 === 0 ? random.int(text.length + 1) : at + 1
    text.insert(at, 'a')
  })
}
