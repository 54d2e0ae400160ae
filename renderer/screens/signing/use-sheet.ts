// An open paper and one page of it, as far as a mark depends on it: the size as it is seen, and the way into the space of the page.
import { useEffect, useState } from 'react'
import { openPaper, type PDFDocumentProxy } from '../../reader/pdfjs.ts'
import { rectangleOf, type Box, type Sheet } from './place.ts'

export type OpenPaper =
  | { readonly kind: 'opening' | 'failed' }
  | { readonly kind: 'open'; readonly document: PDFDocumentProxy; readonly pages: number }

export function useOpenPaper(bytes: Uint8Array | null): OpenPaper {
  const [open, setOpen] = useState<{ readonly of: Uint8Array | null; readonly paper: OpenPaper }>({
    of: null,
    paper: { kind: 'opening' },
  })
  useEffect(() => {
    if (bytes === null) return
    const opening = openPaper({ kind: 'bytes', bytes }, () => undefined)
    let stopped = false
    opening.paper.then(
      ({ document, pages }) => {
        if (!stopped) setOpen({ of: bytes, paper: { kind: 'open', document, pages } })
      },
      () => {
        if (!stopped) setOpen({ of: bytes, paper: { kind: 'failed' } })
      },
    )
    return () => {
      stopped = true
      opening.close()
    }
  }, [bytes])
  return open.of === bytes ? open.paper : { kind: 'opening' }
}

export interface PageSheet extends Sheet {
  /** In the space of the page: lower left and upper right corner, whichever way it is turned. */
  readonly rectangle: (box: Box) => [number, number, number, number]
}

/** @param page from 1. @returns null until it is known */
export function useSheet(document: PDFDocumentProxy | null, page: number): PageSheet | null {
  const [found, setFound] = useState<{ readonly of: unknown; readonly page: number; readonly sheet: PageSheet } | null>(
    null,
  )
  useEffect(() => {
    if (document === null) return
    let stopped = false
    document.getPage(page).then(
      (proxy) => {
        const viewport = proxy.getViewport({ scale: 1 })
        const point = (x: number, y: number) => viewport.convertToPdfPoint(x, y) as [number, number]
        const rectangle = ({ left, top, width, height }: Box) =>
          rectangleOf(point(left, top), point(left + width, top + height))
        if (!stopped)
          setFound({ of: document, page, sheet: { width: viewport.width, height: viewport.height, rectangle } })
      },
      // The paper was closed, or has no such page: nothing is shown.
      () => undefined,
    )
    return () => {
      stopped = true
    }
  }, [document, page])
  return found !== null && found.of === document && found.page === page ? found.sheet : null
}
