// Draws one page onto a canvas and lays its text over it; both can be stopped at any moment, and free what they hold.
import { TextLayer } from 'pdfjs-dist'
import type { TextRun } from './page-text.ts'
import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from './pdfjs.ts'
import { outputScale, type PageSize } from './zoom.ts'

/** Something under way. `done` never rejects: null means it was stopped, or that the page cannot be drawn. */
export type Work<T> = { readonly done: Promise<T | null>; readonly stop: () => void }

/** A page drawn at a size, and that page's own size in points. */
export type DrawnPage = { readonly canvas: HTMLCanvasElement; readonly size: PageSize }

/** The text of a page in elements, one for each run. */
export type LaidText = { readonly elements: readonly HTMLElement[]; readonly runs: readonly TextRun[] }

/** @param scale CSS pixels per point; the canvas has as many device pixels as keep it sharp */
export function drawPage(paper: PDFDocumentProxy, number: number, scale: number): Work<DrawnPage> {
  let stopped = false
  let task: RenderTask | null = null
  const draw = async (): Promise<DrawnPage | null> => {
    const page = await paper.getPage(number)
    if (stopped) return null
    const { width, height } = page.getViewport({ scale: 1 })
    const sharp = outputScale(width * scale, height * scale, window.devicePixelRatio)
    const viewport = page.getViewport({ scale: scale * sharp })
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    task = page.render({ canvas, viewport })
    try {
      await task.promise
      return { canvas, size: { width, height } }
    } catch (reason) {
      freeCanvas(canvas)
      throw reason
    }
  }
  const stop = (): void => {
    stopped = true
    task?.cancel()
  }
  return { done: draw().catch(() => null), stop }
}

/** @param container an empty element of the size of the page, with `--total-scale-factor` set */
export function layText(paper: PDFDocumentProxy, number: number, container: HTMLElement): Work<LaidText> {
  let stopped = false
  let layer: TextLayer | null = null
  const lay = async (): Promise<LaidText | null> => {
    const page = await paper.getPage(number)
    const content = await page.getTextContent()
    if (stopped) return null
    // Positions are fractions of the page: the layer is laid once and follows every zoom by its scale factor alone.
    layer = new TextLayer({ textContentSource: content, container, viewport: page.getViewport({ scale: 1 }) })
    await layer.render()
    return { elements: layer.textDivs, runs: runsOf(content) }
  }
  const stop = (): void => {
    stopped = true
    layer?.cancel()
  }
  return { done: lay().catch(() => null), stop }
}

/** The runs of text of a page, as the text layer counts them. */
export async function textRuns(paper: PDFDocumentProxy, number: number): Promise<readonly TextRun[]> {
  return runsOf(await (await paper.getPage(number)).getTextContent())
}

function runsOf(content: Awaited<ReturnType<PDFPageProxy['getTextContent']>>): readonly TextRun[] {
  return content.items.flatMap((item) => ('str' in item ? [{ str: item.str, hasEOL: item.hasEOL }] : []))
}

/** Gives a page's operators and pictures back; pdf.js declines while it is still being drawn elsewhere. */
export async function forgetPage(paper: PDFDocumentProxy, number: number): Promise<void> {
  try {
    ;(await paper.getPage(number)).cleanup()
  } catch {
    // The paper was closed meanwhile: nothing is held any more.
  }
}

/** Browsers free the pixels of a canvas late; one without size has none. */
export function freeCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}
