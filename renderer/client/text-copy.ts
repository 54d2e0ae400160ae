// The copies of a text's document: empty, filled from the replica, and the detached one that readers see.
import * as Y from 'yjs'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import type { OpenText } from './contract.ts'

/** Origin of what comes from the replica: nothing new to it. */
export const STORED = Symbol('stored')

export function emptyText(): Y.Doc {
  const doc = new Y.Doc()
  doc.getXmlFragment(TEXT_ROOT)
  return doc
}

export function applyStored(doc: Y.Doc, update: Uint8Array): void {
  Y.applyUpdate(doc, update, STORED)
}

export function isBlank(doc: Y.Doc): boolean {
  return doc.store.clients.size === 0
}

export function sameText(a: OpenText | null, b: OpenText | null): boolean {
  if (a === null || b === null) return a === b
  return a.doc === b.doc && a.mayWrite === b.mayWrite && a.synced === b.synced && a.unsaved === b.unsaved
}

/** A second document that follows the first and that nobody listens to. */
export interface TextMirror {
  /** @returns the document itself for a writer, its copy for a reader */
  of(doc: Y.Doc, mayWrite: boolean): Y.Doc
  /** The document changed. */
  pass(doc: Y.Doc, update: Uint8Array): void
  close(): void
}

export function textMirror(): TextMirror {
  let copy: { readonly source: Y.Doc; readonly doc: Y.Doc } | null = null
  const close = () => {
    copy?.doc.destroy()
    copy = null
  }
  return {
    of: (source, mayWrite) => {
      if (mayWrite) {
        close()
        return source
      }
      if (copy?.source !== source) {
        close()
        copy = { source, doc: emptyText() }
        applyStored(copy.doc, Y.encodeStateAsUpdate(source))
      }
      return copy.doc
    },
    pass: (source, update) => {
      if (copy?.source === source) applyStored(copy.doc, update)
    },
    close,
  }
}
