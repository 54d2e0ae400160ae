// Attacks that want to change what their author may not change.

import * as Y from 'yjs'
import { type Attack, annEdits, annForges, any } from './attack.ts'
import { idsIn, own, rawItem, rawUpdate, updateOf } from './inspector-lab.ts'

export const ATTACKS_ON_RIGHTS: readonly Attack[] = [
  {
    wants: 'control: write her own field',
    expect: 'accepted',
    run: annEdits((doc) => own(doc, 'ann').set('present', true)),
  },
  {
    wants: "write another person's field",
    expect: 'forbidden',
    run: annEdits((doc) => own(doc, 'bob').set('present', true)),
  },
  {
    wants: 'delete another person',
    expect: 'forbidden',
    run: annEdits((doc) => doc.getMap('participants').delete('bob')),
  },
  {
    wants: 'delete words of the minutes',
    expect: 'forbidden',
    run: annEdits((doc) => doc.getText('minutes').delete(0, 5)),
  },
  {
    wants: 'control: the secretary adds an item with a new text inside a new map',
    expect: 'accepted',
    run: (lab) => {
      const change = (doc: Y.Doc) => {
        const item = new Y.Map<unknown>()
        const text = new Y.Text('x')
        item.set('t', text)
        doc.getMap('agenda').set('i2', item)
        text.insert(1, 'yz')
      }
      lab.send(updateOf(lab.client('sec'), change), 'sec')
    },
  },
  {
    wants: 'change the agenda',
    expect: 'forbidden',
    run: annEdits((doc) => (doc.getMap('agenda').get('i1') as Y.Map<unknown>).set('title', 'x')),
  },
  {
    wants: 'hide a forbidden write behind an allowed one',
    expect: 'forbidden',
    run: annEdits((doc) => {
      own(doc, 'ann').set('a', 1)
      ;(doc.getMap('agenda').get('i1') as Y.Map<unknown>).set('title', 'x')
    }),
  },
  {
    wants: 'control: vote while the motion is open',
    expect: 'accepted',
    run: annEdits((doc) => (doc.getMap('ballots').get('m1') as Y.Map<string>).set('ann', 'for')),
  },
  {
    wants: 'vote after the motion was closed',
    expect: 'forbidden',
    run: (lab) => {
      const late = updateOf(lab.client('ann'), (doc) =>
        (doc.getMap('ballots').get('m1') as Y.Map<string>).set('ann', 'for'),
      )
      lab.open.clear()
      lab.send(late, 'ann')
    },
  },
  {
    wants: 'vote for somebody else',
    expect: 'forbidden',
    run: annEdits((doc) => (doc.getMap('ballots').get('m1') as Y.Map<string>).set('bob', 'for')),
  },
  {
    wants: 'open a room inside the room under a root of her own',
    expect: 'root',
    run: annEdits((doc) => doc.getMap('evil').set('a', 1)),
  },
  {
    wants: 'smuggle a list item into a root map',
    expect: 'forbidden',
    run: annForges((_lab, client) => [rawItem(client, 0, { parent: 'participants', content: any('x') })]),
  },
  {
    wants: 'inherit the right to the minutes from a neighbour that stands there',
    expect: 'forbidden',
    run: annEdits((doc) => doc.getText('minutes').insert(11, '!')),
  },
  {
    wants: 'control: write below an own map that was deleted meanwhile',
    expect: 'accepted',
    run: (lab) => {
      const first = lab.client('ann')
      lab.send(
        updateOf(first, (doc) => own(doc, 'ann').set('tmp', new Y.Map())),
        'ann',
      )
      const second = lab.client('ann')
      const late = updateOf(second, (doc) => (own(doc, 'ann').get('tmp') as Y.Map<string>).set('k', 'v'))
      lab.send(
        updateOf(first, (doc) => own(doc, 'ann').delete('tmp')),
        'ann',
      )
      lab.send(late, 'ann')
    },
  },
  {
    wants: 'have a forbidden deletion excused as a clean-up by putting a formatting mark first',
    expect: 'forbidden',
    run: (lab) => {
      const sec = lab.client('sec')
      lab.send(
        updateOf(sec, (doc) => doc.getText('minutes').format(0, 8, { bold: true })),
        'sec',
      )
      const mark = sec.getText('minutes')._start!.id
      const word = idsIn(lab.doc.getText('minutes')).at(-1)!
      lab.send(
        rawUpdate(
          [],
          [
            [mark.client, [[mark.clock, 1]]],
            [word.client, [[word.clock, 1]]],
          ],
        ),
        'ann',
      )
    },
  },
]
