// Documents of a given size, the same in every process: agenda-like maps and a text that several people typed.

import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { type Random, randomFrom } from '../attacks/random.ts'

/** A text and a map after this many edits of one client; 10 000 make about 140 kB. */
export function documentOfEdits(edits: number): Y.Doc {
  const random = randomFrom(7)
  const doc = new Y.Doc()
  doc.clientID = 77
  const text = doc.getText('minutes')
  const map = doc.getMap(TEXT_ROOT)
  for (let n = 0; n < edits; n++) {
    if (n % 3 === 0) map.set(`k${n % 997}`, { n })
    else if (text.length > 50 && n % 7 === 0) text.delete(random.int(text.length - 5), 2)
    else text.insert(random.int(text.length + 1), 'lorem '.slice(0, 1 + (n % 6)))
  }
  return doc
}

/** A guarded room of at least so many encoded bytes: 200 people, agenda items, minutes typed by many client ids at random places. */
export function roomOfSize(bytes: number): Y.Doc {
  const random = randomFrom(11)
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.transact(() => {
    for (let person = 0; person < 200; person++)
      doc.getMap('participants').set(`u${person}`, new Y.Map([['present', false]]))
  })
  for (let round = 0; Y.encodeStateAsUpdate(doc).byteLength < bytes; round++) {
    doc.clientID = 1000 + round
    addRound(doc, round, random)
  }
  return doc
}

function addRound(doc: Y.Doc, round: number, random: Random): void {
  doc.transact(() => {
    for (let n = 0; n < 20; n++) {
      const item = new Y.Map<unknown>([['title', `Agenda item number ${round}-${n}`]])
      item.set('minutes', 15)
      doc.getMap('agenda').set(`i${round}_${n}`, item)
    }
  })
  const text = doc.getText('minutes')
  for (let n = 0; n < 150; n++) {
    text.insert(random.int(text.length + 1), 'word ')
    if (n % 10 === 0 && text.length > 20) text.delete(random.int(text.length - 10), 4)
  }
}
