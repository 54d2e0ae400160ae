// All papers of a meeting as one PDF, in the order of the agenda: the paper copy for the afternoon on which power fails.
import { PDFDocument } from 'pdf-lib'
import { ok, refuse, type Result } from '../refusal.ts'

export interface BundlePart {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Joins papers page by page; each paper begins on an odd page, so that printing on both sides never puts two papers on one sheet.
 * The originals are only read: signatures in them are not carried over, and the copy is for reading.
 * @param title stands in the document's information
 * @returns `paper-truncated` when one of the papers cannot be read
 */
export async function bundlePapers(title: string, parts: readonly BundlePart[]): Promise<Result<Uint8Array>> {
  try {
    const bundle = await PDFDocument.create()
    bundle.setTitle(title)
    bundle.setProducer('Trà My')
    for (const { bytes } of parts) {
      const source = await PDFDocument.load(bytes, { updateMetadata: false })
      const last = bundle.getPageCount() - 1
      if (bundle.getPageCount() % 2 === 1) bundle.addPage(sizeOf(bundle, last))
      for (const page of await bundle.copyPages(source, source.getPageIndices())) bundle.addPage(page)
    }
    return ok(await bundle.save())
  } catch {
    return refuse('paper-truncated')
  }
}

function sizeOf(document: PDFDocument, index: number): [number, number] {
  const { width, height } = document.getPage(index).getSize()
  return [width, height]
}
