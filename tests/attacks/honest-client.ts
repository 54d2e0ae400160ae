// An honest writer of a shared text: types, formats, undoes, edits rich text as Tiptap writes it, and loses the line now and then.

import { getSchema, type JSONContent } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { Random } from './random.ts'

export const HONEST_ROOTS: ReadonlySet<string> = new Set(['minutes', 'map', 'list', 'rich'])

const schema = getSchema([StarterKit.configure({ undoRedo: false })])

export function openRoots(doc: Y.Doc): void {
  doc.getText('minutes')
  doc.getMap('map')
  doc.getArray('list')
  doc.getXmlFragment('rich')
}

export class HonestClient {
  readonly person: string
  readonly doc = new Y.Doc()
  online = true
  /** On the way to the hub, and from it. */
  up: Uint8Array[] = []
  down: Uint8Array[] = []
  /** The full answer to the hub's step 1: once it has arrived, nothing before it may be missing any more. */
  step2: Uint8Array | null = null
  synced = true
  private readonly undo: Y.UndoManager
  private readonly random: Random

  constructor(person: string, clientId: number, random: Random) {
    this.person = person
    this.random = random
    this.doc.clientID = clientId
    openRoots(this.doc)
    const tracked = [
      this.doc.getText('minutes'),
      this.doc.getMap('map'),
      this.doc.getArray('list'),
      this.doc.getXmlFragment('rich'),
    ]
    this.undo = new Y.UndoManager(tracked, { captureTimeout: 0 })
    this.doc.on('update', (update, origin) => {
      if (origin !== 'hub' && this.online) this.up.push(update)
    })
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'hub')
  }

  drop(): void {
    this.online = false
    this.up = []
    this.down = []
  }

  /** As y-websocket does: what is typed before the hub's step 1 arrives goes out ahead of the offline part. */
  reconnect(hub: Y.Doc): void {
    const { random } = this
    this.online = true
    this.down = []
    this.synced = false
    this.receive(Y.encodeStateAsUpdate(hub, Y.encodeStateVector(this.doc)))
    const asked = Y.encodeStateVector(hub)
    if (random.once(2)) this.doc.getMap('map').set('race', random.int(9))
    this.step2 = Y.encodeStateAsUpdate(this.doc, asked)
    this.up.push(this.step2)
    if (random.once(3)) this.up.push(Y.encodeStateAsUpdate(this.doc))
  }

  /** One edit, undo or redo. */
  act(): void {
    const { random, doc } = this
    const text = doc.getText('minutes')
    const map = doc.getMap('map')
    const list = doc.getArray('list')
    switch (random.int(13)) {
      case 0:
      case 1:
        text.insert(this.place(text), random.pick(['a', 'ắ', 'họp ', '👍']))
        break
      case 2:
        this.range(text, (at, length) => text.delete(at, length))
        break
      case 3:
        this.range(text, (at, length) => text.format(at, length, { bold: random.once(2) ? true : null }))
        break
      case 4:
        map.set(`k${random.int(5)}`, random.once(2) ? random.int(100) : new Y.Map<unknown>([['t', new Y.Text('q')]]))
        break
      case 5:
        map.delete(`k${random.int(5)}`)
        break
      case 6: {
        const inner = map.get(`k${random.int(5)}`)
        if (inner instanceof Y.Map) inner.set(`z${random.int(3)}`, random.int(9))
        break
      }
      case 7:
        list.insert(random.int(list.length + 1), [random.int(9), { o: 1 }])
        break
      case 8:
        if (list.length > 0) list.delete(random.int(list.length), 1)
        break
      case 9:
        this.undo.undo()
        break
      case 10:
        this.undo.redo()
        break
      default:
        this.editRich()
    }
  }

  /** A cursor is never inside an emoji: Yjs replaces both halves of one that is split, and not on every replica at once. */
  private place(text: Y.Text): number {
    const string = text.toJSON()
    const at = this.random.int(string.length + 1)
    return /[\uD800-\uDBFF]$/.test(string.slice(0, at)) ? at - 1 : at
  }

  /** Changes a short piece of the text, if the two places drawn are near enough. */
  private range(text: Y.Text, change: (at: number, length: number) => void): void {
    const one = this.place(text)
    const other = this.place(text)
    const length = Math.abs(one - other)
    if (length > 0 && length < 12) change(Math.min(one, other), length)
  }

  /** Reads the fragment into a ProseMirror document, changes it, and lets Tiptap's binding write the difference. */
  private editRich(): void {
    const fragment = this.doc.getXmlFragment('rich')
    const json = yXmlFragmentToProseMirrorRootNode(fragment, schema).toJSON() as JSONContent
    const changed = schema.nodeFromJSON({ type: 'doc', content: changeBlocks(json.content ?? [], this.random) })
    this.doc.transact(() => updateYFragment(this.doc, fragment, changed, { mapping: new Map(), isOMark: new Map() }))
  }
}

const WORDS = ['Nghị quyết ', 'thông qua ', 'ngân sách ', 'xã ', 'kết luận ']

function changeBlocks(blocks: readonly JSONContent[], random: Random): JSONContent[] {
  const content = [...blocks]
  const at = random.int(content.length + 1)
  const block = content[at]
  const run = block?.content?.[0]
  switch (random.int(6)) {
    case 0:
      content.splice(at, 0, paragraph(random.pick(WORDS)))
      break
    case 1:
      content.splice(at, 0, {
        type: 'heading',
        attrs: { level: 1 + random.int(3) },
        content: [{ type: 'text', text: random.pick(WORDS) }],
      })
      break
    case 2:
      content.splice(at, 0, {
        type: 'bulletList',
        content: [{ type: 'listItem', content: [paragraph(random.pick(WORDS))] }],
      })
      break
    case 3:
      if (content.length > 4) content.splice(at, 1)
      break
    case 4:
      // Type into the first run, or split the block in two.
      if (block !== undefined && run?.type === 'text' && run.text !== undefined) {
        const cut = random.int(run.text.length + 1)
        const rest = block.content?.slice(1) ?? []
        const [before, after] = [run.text.slice(0, cut), run.text.slice(cut)]
        if (random.once(3) && before !== '' && after !== '') {
          content.splice(
            at,
            1,
            { ...block, content: [{ ...run, text: before }] },
            { ...block, content: [{ ...run, text: after }, ...rest] },
          )
        } else
          content[at] = { ...block, content: [{ ...run, text: `${before}${random.pick(WORDS)}${after}` }, ...rest] }
      }
      break
    default:
      if (block !== undefined && run?.type === 'text') {
        const marks = random.once(2) ? [{ type: random.pick(['bold', 'italic', 'underline']) }] : []
        content[at] = { ...block, content: [{ ...run, marks }, ...(block.content?.slice(1) ?? [])] }
      }
  }
  return content.length === 0 ? [paragraph(random.pick(WORDS))] : content
}

function paragraph(text: string): JSONContent {
  return { type: 'paragraph', content: [{ type: 'text', text }] }
}
