// The one exception of the PDF reader: it stays inside shared/pdf and leaves it as a refusal code.
import type { RefusalCode } from '../refusal.ts'

export type PaperRefusal = Extract<RefusalCode, `paper-${string}`>

/** Ends reading at the first thing that is wrong. Never crosses the border of shared/pdf: `admitPdf` turns it into data. */
export class PdfFault extends Error {
  readonly code: PaperRefusal

  constructor(code: PaperRefusal, detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'PdfFault'
    this.code = code
  }
}

/** A file whose parts do not fit together: cut short in transfer, or damaged on the way. */
export function damaged(detail: string): PdfFault {
  return new PdfFault('paper-truncated', detail)
}
