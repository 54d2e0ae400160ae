// What a person wrote, as plain text: the characters of some updates, in the order in which they stand in the text.
import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import type { IdRange } from './text-rebase.ts'

/** @returns one line a paragraph; empty when nothing of `ranges` is visible text */
export function plainTextOf(doc: Y.Doc, ranges: readonly IdRange[]): string {
  const lines: string[] = []
  collect(doc.getXmlFragment(TEXT_ROOT), ranges, lines)
  return lines.filter((line) => line.trim() !== '').join('\n')
}

/** All that these updates inserted, as ranges of ids. */
export function insertedBy(updates: readonly Uint8Array[]): readonly IdRange[] {
  return updates.flatMap((update) =>
    Y.decodeUpdate(update).structs.flatMap((struct) =>
      struct instanceof Y.Item ? [{ client: struct.id.client, clock: struct.id.clock, length: struct.length }] : [],
    ),
  )
}

function collect(node: Y.XmlFragment, ranges: readonly IdRange[], lines: string[]): void {
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlText) lines.push(charactersOf(child, ranges))
    else if (child instanceof Y.XmlFragment) collect(child, ranges, lines)
  }
}

function charactersOf(text: Y.XmlText, ranges: readonly IdRange[]): string {
  let out = ''
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const { id } = item
    const characters = item.content.str
    for (let i = 0; i < characters.length; i += 1) {
      if (contains(ranges, id.client, id.clock + i)) out += characters.charAt(i)
    }
  }
  return out
}

function contains(ranges: readonly IdRange[], client: number, clock: number): boolean {
  return ranges.some((range) => range.client === client && range.clock <= clock && clock < range.clock + range.length)
}
