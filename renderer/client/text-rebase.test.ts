// @vitest-environment node
// After a refusal everything that can be kept is kept, in its place and under a new client id; the rest is named, character by character.
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { plainTextOf } from './text-plain.ts'
import { rebase } from './text-rebase.ts'

const NEW_ID = 4_000_000_001

function randomOf(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const rootOf = (doc: Y.Doc) => doc.getXmlFragment(TEXT_ROOT)

function addParagraph(doc: Y.Doc, words: string, at = rootOf(doc).length): void {
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(words)])
    rootOf(doc).insert(at, [paragraph])
  })
}

function textsOf(doc: Y.Doc): Y.XmlText[] {
  return rootOf(doc)
    .toArray()
    .flatMap((node) => (node instanceof Y.XmlElement ? node.toArray() : [node]))
    .filter((node) => node instanceof Y.XmlText)
}

const plain = (doc: Y.Doc) => textsOf(doc).map((text) => text.toJSON())

/** A person's document on top of the hub's, with each later change recorded. */
function personOf(hub: Y.Doc): { readonly doc: Y.Doc; readonly updates: Uint8Array[] } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(hub))
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  return { doc, updates }
}

function hubOf(...paragraphs: string[]): Y.Doc {
  const hub = new Y.Doc()
  for (const words of paragraphs) addParagraph(hub, words)
  return hub
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

describe('rebase', () => {
  it('keeps all but the refused change, in place, beside what others wrote meanwhile', () => {
    const hub = hubOf('Điều 1. Thông qua.', 'Điều 2. Giao Văn phòng.')
    const { doc, updates } = personOf(hub)
    textsOf(doc)[0]!.insert(7, 'nay ')
    addParagraph(doc, 'Câu bị từ chối.', 1)
    textsOf(doc)[1]!.insert(0, 'Rằng: ')
    textsOf(doc)[2]!.delete(0, 8)
    addParagraph(doc, 'Điều 3. Thi hành.')
    textsOf(doc)[0]!.format(0, 6, { bold: true })
    textsOf(hub)[1]!.insert(0, '* ')

    const fresh = copyOf(hub)
    const { updates: again, lost } = rebase(doc, fresh, updates, NEW_ID, (index) => index === 1)
    for (const update of again) Y.applyUpdate(fresh, update)
    expect(fresh.store.pendingStructs).toBeNull()
    expect(plain(fresh)).toEqual(['<bold>Điều 1</bold>.nay  Thông qua.', '* Giao Văn phòng.', 'Điều 3. Thi hành.'])
    expect(plainTextOf(doc, lost)).toBe('Rằng: Câu bị từ chối.')
    expect([...Y.decodeStateVector(Y.encodeStateVector(fresh)).keys()]).toEqual(
      expect.arrayContaining([hub.clientID, NEW_ID]),
    )
    expect(fresh.store.clients.has(doc.clientID)).toBe(false)
  })

  it('does not repeat what the hub had taken before the refusal', () => {
    const hub = hubOf('a')
    const { doc, updates } = personOf(hub)
    const text = textsOf(doc)[0]!
    for (const char of 'bcd') text.insert(text.length, char)
    const fresh = copyOf(hub)
    Y.applyUpdate(fresh, updates[0]!)
    const { updates: again, lost } = rebase(doc, fresh, [...updates, Y.mergeUpdates(updates)], NEW_ID, (i) => i === 1)
    for (const update of again) Y.applyUpdate(fresh, update)
    // "c" was refused; the same struct in the merged update is no reason to send it again under another name.
    expect(plain(fresh).join('')).toContain('ab')
    expect(plain(fresh).join('')).toContain('d')
    expect(plain(fresh).join('').split('b')).toHaveLength(2)
    expect(plain(fresh).join('').split('d')).toHaveLength(2)
    expect(plainTextOf(doc, lost)).toBe('c')
  })

  it.each([11, 12, 13, 14, 15, 16, 17, 18])(
    'agrees with the person on everything that was not lost (seed %i)',
    (seed) => {
      const random = randomOf(seed)
      const pick = (n: number) => Math.floor(random() * n)
      const hub = hubOf('mở đầu', 'nội dung', 'kết luận')
      const { doc, updates } = personOf(hub)
      let serial = 0
      for (let i = 0; i < 60; i += 1) {
        const texts = textsOf(doc)
        const text = texts[pick(texts.length)]!
        const what = random()
        if (what < 0.55) text.insert(pick(text.length + 1), `<${(serial += 1)}>`)
        else if (what < 0.75 && text.length > 3) text.delete(pick(text.length - 2), 1 + pick(2))
        else if (what < 0.9) addParagraph(doc, `[${(serial += 1)}]`, pick(rootOf(doc).length + 1))
        else if (rootOf(doc).length > 2) rootOf(doc).delete(pick(rootOf(doc).length), 1)
      }
      // Nothing refused: the hub ends with exactly what the person saw.
      const whole = copyOf(hub)
      for (const update of rebase(doc, whole, updates, NEW_ID, () => false).updates) Y.applyUpdate(whole, update)
      expect(whole.store.pendingStructs, `seed ${seed}`).toBeNull()
      expect(plain(whole), `seed ${seed}`).toEqual(plain(doc))

      // One refused: kept and lost characters together are what the person saw, none twice.
      const refused = pick(updates.length)
      const fresh = copyOf(hub)
      const { updates: again, lost } = rebase(doc, fresh, updates, NEW_ID, (index) => index === refused)
      for (const update of again) Y.applyUpdate(fresh, update)
      expect(fresh.store.pendingStructs, `seed ${seed}`).toBeNull()
      const count = (text: string) => text.replaceAll('\n', '').length
      const undeleted = count(plain(fresh).join('')) - count(plain(doc).join('')) + count(plainTextOf(doc, lost))
      // A refused delete leaves its characters at the hub; everything else balances.
      expect(undeleted, `seed ${seed}`).toBeGreaterThanOrEqual(0)
      for (const word of plain(doc)
        .join('')
        .match(/[<[]\d+[>\]]/g) ?? []) {
        const kept = plain(fresh).join('').includes(word) || plainTextOf(doc, lost).includes(word)
        expect(kept, `seed ${seed}: ${word}`).toBe(true)
      }
    },
  )
})
