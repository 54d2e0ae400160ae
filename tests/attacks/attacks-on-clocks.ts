// Attacks with damaged, repeated, missing or too many clocks: what Yjs would keep for later, trust, or choke on.

import * as Y from 'yjs'
import { LIMITS } from '../../shared/hub/wire.ts'
import { type Attack, annForges, any, string } from './attack.ts'
import { ANN_BEFORE, copyOf, idOf, own, ownText, rawItem, rawUpdate, updateOf } from './inspector-lab.ts'

export const ATTACKS_ON_CLOCKS: readonly Attack[] = [
  {
    wants: 'plant an update that waits for its predecessor and runs inside another transaction',
    expect: 'gap',
    run: (lab) => {
      const ann = lab.client('ann')
      updateOf(ann, (doc) => own(doc, 'ann').set('a', 1))
      lab.send(
        updateOf(ann, (doc) => own(doc, 'ann').set('b', 2)),
        'ann',
      )
    },
  },
  {
    wants: 'plant an update that waits for another client',
    expect: 'missing-dependency',
    run: (lab) => {
      const unsent = lab.client('ann')
      updateOf(unsent, (doc) => own(doc, 'ann').set('z', new Y.Map()))
      const ann = copyOf(unsent)
      lab.inspector.bind(ann.clientID, 'ann')
      lab.send(
        updateOf(ann, (doc) => (own(doc, 'ann').get('z') as Y.Map<number>).set('q', 1)),
        'ann',
      )
    },
  },
  {
    wants: 'delete what bob is going to write',
    expect: 'delete-of-unknown',
    run: (lab) => lab.send(rawUpdate([], [[4242, [[0, 1_000_000]]]]), 'ann'),
  },
  {
    wants: 'make the hub throw with an item that stands after itself',
    expect: 'self-reference',
    run: annForges((_lab, client) => [rawItem(client, 0, { origin: Y.createID(client, 7), content: string('x') })]),
  },
  {
    wants: 'make the hub wait for ever with two items that stand after each other',
    expect: 'cycle',
    run: (lab) => {
      const pair = [99, 100].map((client) => ({
        client,
        clock: 0,
        structs: [rawItem(client, 0, { origin: Y.createID(199 - client, 0), content: string('x') })],
      }))
      for (const { client } of pair) lab.inspector.bind(client, 'ann')
      lab.send(rawUpdate(pair), 'ann')
    },
  },
  {
    wants: 'make the hub wait for ever with a circle that closes only through the order of clocks',
    expect: 'cycle',
    run: (lab) => {
      const parent = idOf(ownText(lab.doc, 'ann'))
      const first = {
        client: 100,
        clock: 0,
        structs: [rawItem(100, 0, { origin: Y.createID(99, 1), content: string('x') })],
      }
      const second = {
        client: 99,
        clock: 0,
        structs: [
          rawItem(99, 0, { origin: Y.createID(100, 0), content: string('y') }),
          rawItem(99, 1, { parent, content: string('z') }),
        ],
      }
      for (const { client } of [first, second]) lab.inspector.bind(client, 'ann')
      lab.send(rawUpdate([first, second]), 'ann')
    },
  },
  {
    wants: 'make the hub throw with bytes that are no update',
    expect: 'malformed',
    run: (lab) => lab.send(new Uint8Array([1, 200, 3, 4, 5, 6, 7]), 'ann'),
  },
  {
    wants: 'have half an update applied by cutting off its end',
    expect: 'malformed',
    run: (lab) =>
      lab.send(updateOf(lab.client('ann'), (doc) => own(doc, 'ann').set('present', true)).slice(0, -1), 'ann'),
  },
  {
    wants: 'show later readers another text by sending known clocks again with other content',
    expect: 'accepted',
    run: (lab) => {
      const ann = lab.client('ann')
      ann.clientID = 55
      lab.inspector.bind(55, 'ann')
      lab.send(
        updateOf(ann, (doc) => own(doc, 'ann').set('a', 'one')),
        'ann',
      )
      const before = Y.encodeStateAsUpdate(lab.doc)
      const again = rawItem(55, 0, { parent: 'agenda', sub: 'i1', content: any('evil') })
      const { out } = lab.inspector.apply(rawUpdate([{ client: 55, clock: 0, structs: [again] }]), 'ann')
      if (out !== null) throw new Error('known clocks were relayed')
      if (Buffer.compare(before, Y.encodeStateAsUpdate(lab.doc)) !== 0)
        throw new Error('known clocks changed the document')
    },
  },
  {
    wants: 'control: reconnect with fifty offline edits and the whole delete set, twice',
    expect: 'accepted',
    run: (lab) => {
      const ann = lab.client('ann')
      const before = Y.encodeStateVector(lab.doc)
      for (let n = 0; n < 50; n++) own(ann, 'ann').set('n', n)
      lab.send(Y.encodeStateAsUpdate(ann, before), 'ann')
      const again = lab.inspector.apply(Y.encodeStateAsUpdate(ann, before), 'ann')
      if (!again.noop) throw new Error('a resend was taken for news')
    },
  },
  {
    wants: 'append to the minutes with a partly known struct that claims to stand in her own text',
    expect: 'forbidden',
    run: (lab) => {
      const known = Y.getState(lab.doc.store, ANN_BEFORE)
      const item = rawItem(ANN_BEFORE, known - 1, {
        parent: idOf(ownText(lab.doc, 'ann')),
        content: string('x AND THE BUDGET IS DOUBLED'),
      })
      lab.send(rawUpdate([{ client: ANN_BEFORE, clock: known - 1, structs: [item] }]), 'ann')
    },
  },
  {
    wants: 'have one thing inspected and another applied with two blocks of one client',
    expect: 'malformed',
    run: (lab) => {
      lab.inspector.bind(99, 'ann')
      const parent = idOf(own(lab.doc, 'ann'))
      const block = (clock: number) => ({
        client: 99,
        clock,
        structs: [rawItem(99, clock, { parent, sub: `k${clock}`, content: any(clock) })],
      })
      lab.send(rawUpdate([block(0), block(1)]), 'ann')
    },
  },
  {
    wants: 'leave bytes behind the update for another decoder',
    expect: 'malformed',
    run: (lab) =>
      lab.send(new Uint8Array([...updateOf(lab.client('ann'), (doc) => own(doc, 'ann').set('a', 1)), 1, 2, 3]), 'ann'),
  },
  {
    wants: 'leave a hole behind a known start',
    expect: 'gap',
    run: annForges((lab, client) => {
      const parent = idOf(own(lab.doc, 'ann'))
      return [
        rawItem(client, 0, { parent, sub: 'a', content: any(1) }),
        new Y.Skip(Y.createID(client, 1), 5),
        rawItem(client, 6, { parent, sub: 'b', content: any(2) }),
      ]
    }),
  },
  {
    wants: 'push a clock beyond exact numbers',
    expect: 'clock-overflow',
    run: annForges((_lab, client) => [new Y.GC(Y.createID(client, 0), 2 ** 50)]),
  },
  {
    wants: 'store a struct of no length, which Yjs cannot find again',
    expect: 'malformed',
    run: annForges((lab, client) => [
      rawItem(client, 0, { parent: idOf(ownText(lab.doc, 'ann')), content: string('') }),
    ]),
  },
  {
    wants: 'keep the hub busy with a delete set that lists the same clocks over and over',
    expect: 'malformed',
    run: (lab) => lab.send(rawUpdate([], [[1, Array.from({ length: 1000 }, () => [0, 5] as const)]]), 'ann'),
  },
  {
    wants: 'keep the hub busy with one enormous update',
    expect: 'too-big',
    run: (lab) =>
      lab.send(
        updateOf(lab.client('ann'), (doc) => own(doc, 'ann').set('a', 'x'.repeat(LIMITS.updateBytes))),
        'ann',
      ),
  },
  {
    wants: 'keep the hub busy with more structs than anyone types',
    expect: 'too-many-structs',
    run: annForges((_lab, client) =>
      Array.from({ length: LIMITS.updateStructs + 1 }, (_, clock) => new Y.GC(Y.createID(client, clock), 1)),
    ),
  },
  {
    wants: 'lose an edit on every screen by making the hub clean up formatting in the same breath',
    expect: 'accepted',
    run: (lab) => {
      const [first, second] = [lab.client('ann'), lab.client('ann')]
      const bold = (client: Y.Doc) => updateOf(client, (doc) => ownText(doc, 'ann').format(0, 3, { bold: true }))
      for (const update of [bold(first), bold(second)]) lab.send(update, 'ann')
      if (Y.getState(lab.reader.store, second.clientID) !== Y.getState(second.store, second.clientID))
        throw new Error('the second edit was not relayed')
    },
  },
]
