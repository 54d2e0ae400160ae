// Attacks with false neighbours: replicas that integrate in another order would show another sequence.

import * as Y from 'yjs'
import { type Attack, annForges, any, string } from './attack.ts'
import { idOf, idsIn, own, ownText, rawItem, rawUpdate, updateOf, type Lab } from './inspector-lab.ts'

/** Fills ann's text with two hundred pieces and puts one between the two that are chosen. */
function betweenFarNeighbours(lab: Lab, choose: (ids: readonly Y.ID[]) => readonly [left: Y.ID, right: Y.ID]): void {
  const fill = (doc: Y.Doc) => {
    const text = ownText(doc, 'ann')
    for (let n = 0; n < 200; n++) text.insert(n % 2 === 0 ? 0 : text.length, 'o')
  }
  lab.send(updateOf(lab.client('ann'), fill), 'ann')
  const [origin, rightOrigin] = choose(idsIn(ownText(lab.doc, 'ann')))
  lab.inspector.bind(99, 'ann')
  lab.send(
    rawUpdate([{ client: 99, clock: 0, structs: [rawItem(99, 0, { origin, rightOrigin, content: string('x') })] }]),
    'ann',
  )
}

export const ATTACKS_ON_LISTS: readonly Attack[] = [
  {
    wants: 'show different people different orders with neighbours the wrong way round',
    expect: 'malformed',
    run: annForges((lab, client) => {
      const ids = idsIn(ownText(lab.doc, 'ann'))
      return [rawItem(client, 0, { origin: ids[2]!, rightOrigin: ids[0]!, content: string('x') })]
    }),
  },
  {
    wants: 'the same with neighbours that are far apart',
    expect: 'malformed',
    run: (lab) => betweenFarNeighbours(lab, (ids) => [ids[100]!, ids[0]!]),
  },
  {
    wants: 'the same with the two ends of a list',
    expect: 'malformed',
    run: (lab) => betweenFarNeighbours(lab, (ids) => [ids.at(-1)!, ids[0]!]),
  },
  {
    wants: 'control: write between two neighbours after many others wrote there',
    expect: 'accepted',
    run: (lab) => betweenFarNeighbours(lab, (ids) => [ids[0]!, ids[150]!]),
  },
  {
    wants: 'the same through a new left neighbour',
    expect: 'malformed',
    run: annForges((lab, client) => {
      const ids = idsIn(ownText(lab.doc, 'ann'))
      return [
        rawItem(client, 0, { origin: ids[3]!, content: string('x') }),
        rawItem(client, 1, { origin: Y.createID(client, 0), rightOrigin: ids[0]!, content: any('y') }),
      ]
    }),
  },
  {
    wants: 'tie two lists of her own together',
    expect: 'malformed',
    run: annForges((lab, client) => {
      const text = idsIn(ownText(lab.doc, 'ann'))
      const list = idsIn(own(lab.doc, 'ann').get('list') as Y.Array<number>)
      return [rawItem(client, 0, { origin: text[0]!, rightOrigin: list[1]!, content: string('x') })]
    }),
  },
  {
    wants: 'tie two lists together that have the same path, through a new neighbour',
    expect: 'malformed',
    run: (lab) => {
      const ann = lab.client('ann')
      const list = (doc: Y.Doc) => own(doc, 'ann').get('list') as Y.Array<unknown>
      lab.send(
        updateOf(ann, (doc) => list(doc).insert(0, [Y.Array.from([1]), Y.Array.from([2])])),
        'ann',
      )
      const [first, second] = list(lab.doc).toArray() as [Y.Array<number>, Y.Array<number>]
      lab.inspector.bind(99, 'ann')
      const structs = [
        rawItem(99, 0, { parent: idOf(first), content: any('x') }),
        rawItem(99, 1, { origin: Y.createID(99, 0), rightOrigin: idsIn(second)[0]!, content: any('y') }),
      ]
      lab.send(rawUpdate([{ client: 99, clock: 0, structs }]), 'ann')
    },
  },
  {
    wants: 'tie a text and one of its attributes together',
    expect: 'malformed',
    run: (lab) => {
      lab.send(
        updateOf(lab.client('ann'), (doc) => ownText(doc, 'ann').setAttribute('a', 'b')),
        'ann',
      )
      const text = ownText(lab.doc, 'ann')
      lab.inspector.bind(99, 'ann')
      const structs = [
        rawItem(99, 0, { parent: idOf(text), content: any('x') }),
        rawItem(99, 1, { origin: Y.createID(99, 0), rightOrigin: text._map.get('a')!.id, content: string('y') }),
      ]
      lab.send(rawUpdate([{ client: 99, clock: 0, structs }]), 'ann')
    },
  },
]
