// Attacks with forms that no editor writes and that throw on the machine of somebody else.

import * as Y from 'yjs'
import { type Attack, annEdits, annForges, any } from './attack.ts'
import { idOf, own, rawItem, rawUpdate, updateOf } from './inspector-lab.ts'

export const ATTACKS_ON_SHAPES: readonly Attack[] = [
  {
    wants: 'load a document of her own below her name',
    expect: 'subdocument',
    run: annEdits((doc) => own(doc, 'ann').set('d', new Y.Doc())),
  },
  {
    wants: "poison the next person's transaction with several values in one map entry",
    expect: 'malformed',
    run: annForges((lab, client) => [
      rawItem(client, 0, { parent: idOf(own(lab.doc, 'ann')), sub: 'k', content: any(1, 2, 3) }),
    ]),
  },
  {
    wants: 'show different people different values with a map entry left of the current one',
    expect: 'malformed',
    run: (lab) => {
      const ann = lab.client('ann')
      lab.send(
        updateOf(ann, (doc) => own(doc, 'ann').set('k', 'shown')),
        'ann',
      )
      lab.inspector.bind(99, 'ann')
      const current = own(lab.doc, 'ann')._map.get('k')!
      const item = rawItem(99, 0, { rightOrigin: current.id, content: any('other') })
      lab.send(rawUpdate([{ client: 99, clock: 0, structs: [item] }]), 'ann')
    },
  },
  {
    wants: 'pass a map key off as a list position before the rules',
    expect: 'malformed',
    run: annEdits((doc) => own(doc, 'ann').set('#', 1)),
  },
  {
    wants: "overflow every reader's stack with types inside types",
    expect: 'too-deep',
    run: annForges((lab, client) => {
      const outer = idOf(own(lab.doc, 'ann'))
      return Array.from({ length: 2000 }, (_, clock) =>
        rawItem(client, clock, {
          parent: clock === 0 ? outer : Y.createID(client, clock - 1),
          sub: 'k',
          content: new Y.ContentType(new Y.Map()),
        }),
      )
    }),
  },
  {
    wants: "overflow every reader's stack with a value inside values",
    expect: 'too-deep',
    run: annEdits((doc) => {
      let value: unknown = 0
      for (let depth = 0; depth < 500; depth++) value = [value]
      own(doc, 'ann').set('k', value)
    }),
  },
  {
    wants: 'make JSON.stringify throw for everyone',
    expect: 'malformed',
    run: annEdits((doc) => own(doc, 'ann').set('k', { n: [10n] })),
  },
]
