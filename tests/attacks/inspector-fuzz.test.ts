// Adversarial and differential fuzz: after every update of ann that the inspector accepts, nothing outside her own places may have changed.
// FUZZ_CASES sets how many (default 20000), FUZZ_SEED repeats a run.

import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Inspector } from '../../hub/rooms/inspector/inspector.ts'
import { Rejected } from '../../hub/rooms/inspector/rejection.ts'
import type { AnyType } from '../../hub/rooms/inspector/type-paths.ts'
import { allowIn, ANN_BEFORE, openLab, own, ownText, ROOTS } from './inspector-lab.ts'
import { allowedEdit, damaged, forbiddenEdit } from './inspector-mutations.ts'
import { numberFromEnvironment, type Random, randomFrom, seedFromEnvironment } from './random.ts'

const SECOND_ID = 8
const ANN = 'ann'

/** What must stay zero. */
function noFaults() {
  return {
    /** Something outside ann's own places changed. */
    breach: 0,
    /** Yjs changed a place that the inspector did not name. */
    uncovered: 0,
    /** Yjs kept something for later. */
    pending: 0,
    /** A list or map holds an item that believes to be elsewhere. */
    integrity: 0,
    /** A fresh joiner, or a reader of the relayed bytes, sees something else than the hub. */
    diverged: 0,
    /** Deleting ann's subtree afterwards throws. */
    poisoned: 0,
    /** An honest update was refused. */
    falseRefusal: 0,
    /** A forbidden update was accepted. */
    accepted: 0,
    /** Anything but a refusal was thrown. */
    exception: 0,
  }
}

test('no damaged update of ann reaches what is not hers', { timeout: 600_000 }, () => {
  const seed = seedFromEnvironment('FUZZ_SEED')
  const cases = numberFromEnvironment('FUZZ_CASES', 20_000)
  console.log(`inspector fuzz: FUZZ_SEED=${seed} FUZZ_CASES=${cases}`)
  const random = randomFrom(seed)
  const base = baseState()
  const faults = noFaults()
  const first: string[] = []
  const outcomes = new Map<string, number>()
  for (let n = 0; n < cases; n++) {
    const kind = random.pick(['honest', 'forbidden', 'damaged', 'damaged', 'damaged', 'damaged-forbidden'] as const)
    const { fault, outcome } = oneCase(kind, base, random)
    if (fault !== null) {
      faults[fault] += 1
      if (first.length < 5) first.push(`case ${n} ${kind}: ${fault} (${outcome})`)
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  console.log([...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', '))
  expect(first).toEqual([])
  expect(faults).toEqual(noFaults())
  // The run is worth something only if both answers were common.
  if (cases >= 1000) {
    expect(outcomes.get('accepted') ?? 0).toBeGreaterThan(cases / 10)
    expect(cases - (outcomes.get('accepted') ?? 0)).toBeGreaterThan(cases / 10)
  }
})

type Fault = keyof ReturnType<typeof noFaults>
type Kind = 'honest' | 'forbidden' | 'damaged' | 'damaged-forbidden'

function baseState(): Uint8Array {
  const { doc } = openLab(Inspector)
  // Pieces of ann in her own text, in the agenda and in a deleted map; ids 7 and 8 are both hers.
  const ann = clientFrom(Y.encodeStateAsUpdate(doc), ANN_BEFORE)
  ownText(ann, ANN).insert(2, 'own')
  ;(ann.getMap('agenda').get('i1') as Y.Map<unknown>).set('note', new Y.Text('n'))
  own(ann, ANN).set('tmp', new Y.Map())
  own(ann, ANN).delete('tmp')
  const second = clientFrom(Y.encodeStateAsUpdate(ann), SECOND_ID)
  ownText(second, ANN).insert(1, 'OO')
  ownText(second, ANN).format(1, 3, { bold: true })
  return Y.encodeStateAsUpdate(second)
}

function clientFrom(state: Uint8Array, id: number): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  doc.clientID = id
  return doc
}

function hubFrom(state: Uint8Array): Y.Doc {
  const doc = clientFrom(state, 5)
  typed(doc)
  return doc
}

function typed(doc: Y.Doc): void {
  for (const name of ['participants', 'agenda', 'ballots']) doc.getMap(name)
  doc.getText('minutes')
}

function oneCase(
  kind: Kind,
  base: Uint8Array,
  random: Random,
): { readonly fault: Fault | null; readonly outcome: string } {
  const hub = hubFrom(base)
  const inspector = new Inspector(hub, {
    allow: allowIn(new Set()),
    roots: ROOTS,
    bindings: [
      [1, 'hub'],
      [ANN_BEFORE, ANN],
      [SECOND_ID, ANN],
      [9, 'bob'],
    ],
  })
  const client = clientFrom(base, random.pick([ANN_BEFORE, SECOND_ID]))
  let update =
    kind === 'forbidden' || kind === 'damaged-forbidden' ? forbiddenEdit(client, random) : allowedEdit(client, random)
  if (kind === 'damaged' || kind === 'damaged-forbidden') {
    // Half of them mix both ids of ann, each knowing the other's edits.
    if (random.once(2)) {
      const other = clientFrom(Y.encodeStateAsUpdate(client), client.clientID === SECOND_ID ? ANN_BEFORE : SECOND_ID)
      update = Y.mergeUpdates([update, allowedEdit(other, random)])
    }
    update = damaged(update, hub, [ANN_BEFORE, SECOND_ID], random)
  }

  const before = notAnns(hub)
  const changed: string[] = []
  const watch = (transaction: Y.Transaction) => {
    if (transaction.origin === ANN) changed.push(...changedPaths(hub, transaction))
  }
  hub.on('afterTransaction', watch)
  let outcome = 'accepted'
  try {
    const { out, paths } = inspector.apply(update, ANN)
    const named = new Set(paths.map((path) => JSON.stringify(path)))
    if (changed.some((path) => !named.has(path))) return { fault: 'uncovered', outcome }
    const reader = hubFrom(base)
    if (out !== null) Y.applyUpdate(reader, out)
    const joiner = hubFrom(Y.encodeStateAsUpdate(hub))
    if (everything(reader) !== everything(hub) || everything(joiner) !== everything(hub))
      return { fault: 'diverged', outcome }
  } catch (error) {
    if (!(error instanceof Rejected))
      return { fault: 'exception', outcome: (error as Error).stack!.split('\n').slice(0, 8).join('|') }
    outcome = error.code
  } finally {
    hub.off('afterTransaction', watch)
  }
  if (notAnns(hub) !== before) return { fault: 'breach', outcome }
  if (hub.store.pendingStructs !== null || hub.store.pendingDs !== null) return { fault: 'pending', outcome }
  if (!isSound(hub)) return { fault: 'integrity', outcome }
  if (kind === 'honest' && outcome !== 'accepted') return { fault: 'falseRefusal', outcome }
  if (kind === 'forbidden' && outcome === 'accepted') return { fault: 'accepted', outcome }
  try {
    hub.getMap('participants').delete(ANN)
  } catch (error) {
    return { fault: 'poisoned', outcome: String(error) }
  }
  return { fault: null, outcome }
}

/** Maps print their keys in the order of arrival, which is no difference. */
function sorted(value: unknown): unknown {
  if (value instanceof Y.AbstractType) return sorted(value.toJSON()) // a type embedded in a text
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => [key, sorted(member)])
}

function everything(doc: Y.Doc): string {
  const delta = ownTextDelta(doc)
  return JSON.stringify(
    sorted([
      doc.getMap('participants').toJSON(),
      doc.getMap('agenda').toJSON(),
      doc.getText('minutes').toDelta(),
      delta,
    ]),
  )
}

function ownTextDelta(doc: Y.Doc): unknown {
  const mine = doc.getMap('participants').get(ANN)
  const text = mine instanceof Y.Map ? mine.get('text') : null
  return text instanceof Y.Text ? text.toDelta() : null
}

function notAnns(doc: Y.Doc): string {
  const others = Object.entries(doc.getMap('participants').toJSON()).filter(([name]) => name !== ANN)
  return JSON.stringify([
    others,
    doc.getMap('agenda').toJSON(),
    doc.getText('minutes').toDelta(),
    doc.getMap('ballots').toJSON(),
    [...doc.share.keys()].sort(),
  ])
}

/** By Yjs' own account, found without the inspector's code. */
function changedPaths(doc: Y.Doc, transaction: Y.Transaction): string[] {
  const paths: string[] = []
  transaction.changed.forEach((keys, type) => {
    for (const key of keys) paths.push(JSON.stringify([...pathOf(doc, type as AnyType), key ?? '#']))
  })
  return paths
}

function pathOf(doc: Y.Doc, type: AnyType): string[] {
  if (type._item === null) return [[...doc.share].find(([, root]) => root === type)?.[0] ?? 'nowhere']
  return [...pathOf(doc, type._item.parent as AnyType), type._item.parentSub ?? '#']
}

function isSound(doc: Y.Doc): boolean {
  const open: AnyType[] = [...doc.share.values()] as AnyType[]
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.parent !== type || item.parentSub !== null) return false
      if (item.content instanceof Y.ContentType) open.push(item.content.type as AnyType)
    }
    for (const [key, newest] of type._map) {
      for (let item: Y.Item | null = newest; item !== null; item = item.left)
        if (item.parent !== type || item.parentSub !== key) return false
      if (newest.content instanceof Y.ContentType) open.push(newest.content.type as AnyType)
    }
  }
  return true
}
