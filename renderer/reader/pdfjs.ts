// The only file that starts pdf.js: a worker and a document for one paper, with the options that keep a hostile file in its place.
import { getDocument, GlobalWorkerOptions, PasswordException, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { RangedTransport } from './ranged-transport.ts'
import type { OpenFailure, PdfSource } from './source.ts'
import { PIXELS_PER_POINT, type PageSize } from './zoom.ts'

export type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist'

/** Largest picture inside a page, in pixels: A3 at 600 dpi has 70 million; four bytes each must fit into a tablet's memory. */
const MAX_IMAGE_PIXELS = 100_000_000

/**
 * One range of a paper on the hub, in bytes. Before page 1, pdf.js reads the dictionary of every page on the way to the last one
 * where the page tree is flat, as scanners write it: 60 pages of 200 kB cost 4.1 MB in ranges of 64 kB, and half of it in these.
 */
const RANGE_BYTES = 32_768

GlobalWorkerOptions.workerSrc = workerUrl

export type Paper = {
  readonly document: PDFDocumentProxy
  readonly pages: number
  /** Of the first page; others are taken to be alike until they are loaded. */
  readonly firstSize: PageSize
}

export type Opening = {
  /** Rejects with `OpenRefused`. */
  readonly paper: Promise<Paper>
  /** Ends the worker and every request, at any time. */
  readonly close: () => void
}

export class OpenRefused extends Error {
  readonly failure: OpenFailure

  constructor(failure: OpenFailure) {
    super(failure)
    this.name = 'OpenRefused'
    this.failure = failure
  }
}

/**
 * Opens a paper in a worker of its own, so that a file that hangs its worker hangs no other paper.
 * @param onWaiting while ranges are asked for again because the line is down
 */
export function openPaper(source: PdfSource, onWaiting: (waiting: boolean) => void): Opening {
  let onRefused = (): void => undefined
  const refused = new Promise<never>((_, reject) => {
    onRefused = () => reject(new OpenRefused('unavailable'))
  })
  const task = getDocument({
    // pdf.js takes the bytes away from whoever gives them.
    ...(source.kind === 'bytes'
      ? { data: source.bytes.slice() }
      : {
          range: new RangedTransport(source.url, source.headers, source.length, {
            onWaiting,
            onRefused: () => onRefused(),
          }),
          rangeChunkSize: RANGE_BYTES,
        }),
    // Only what is looked at travels: the whole file is fetched and checked by the blob store, not here.
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    disableWorkerRendering: true,
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: VerbosityLevel.ERRORS,
    ...assetUrls(),
  })
  return {
    paper: Promise.race([refused, firstPage(task.promise)]),
    close: () => {
      // A worker that is ended while it opens a file says so: that is what was wanted.
      task.destroy().catch(() => undefined)
    },
  }
}

async function firstPage(opening: Promise<PDFDocumentProxy>): Promise<Paper> {
  try {
    const document = await opening
    const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 })
    return { document, pages: document.numPages, firstSize: { width, height } }
  } catch (reason) {
    throw new OpenRefused(reason instanceof PasswordException ? 'password' : 'corrupt')
  }
}

/**
 * Folders of pdf.js beside the page, copied by the build: substitutes for fonts that are not embedded, character maps,
 * colour profiles, and the decoders of scanned pages (CCITT, JBIG2, JPEG 2000), which run without WebAssembly where the
 * content security policy forbids it.
 */
function assetUrls(): { cMapUrl: string; standardFontDataUrl: string; iccUrl: string; wasmUrl: string } {
  const folder = (name: string): string => new URL(`pdfjs/${name}/`, document.baseURI).href
  return {
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    iccUrl: folder('iccs'),
    wasmUrl: folder('wasm'),
  }
}

/** CSS pixels per point at a factor: what pdf.js calls the scale of a viewport. */
export function viewportScale(factor: number): number {
  return factor * PIXELS_PER_POINT
}
