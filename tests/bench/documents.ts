// Documents of a given size, the same in every process: a rich text of one writer, and agenda-like maps with a text that several people typed.

import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { type Random, randomFrom } from '../attacks/random.ts'

const PARAGRAPH_EVERY = 200
const EDITS_A_LOOK = 500
const WORDS = 'Ủy ban nhân dân xã thống nhất phương án thu gom rác thải '

/** A rich text of one writer, typed at changing places until it takes so many bytes; 0 is an empty room. */
export function textOfSize(bytes: number): Y.Doc {
  const random = randomFrom(7)
  const doc = new Y.Doc()
  doc.clientID = 77
  const fragment = doc.getXmlFragment(TEXT_ROOT)
  const paragraphs: Y.XmlText[] = []
  for (let edits = 0; bytes > 0; edits++) {
    if (edits % EDITS_A_LOOK === 0 && Y.encodeStateAsUpdate(doc).byteLength >= bytes) break
    if (edits % PARAGRAPH_EVERY === 0) {
      const paragraph = new Y.XmlElement('paragraph')
      const text = new Y.XmlText()
      paragraph.insert(0, [text])
      fragment.push([paragraph])
      paragraphs.push(text)
    }
    const text = random.pick(paragraphs)
    // Mostly whole phrases: a text that was mostly tombstones or single letters would be rewritten by our hub, and no longer be the same for all.
    text.insert(random.int(text.length + 1), WORDS.slice(0, 12 + (edits % 12)))
    if (edits % 7 === 0) text.delete(random.int(text.length - 3), 2)
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
