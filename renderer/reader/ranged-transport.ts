// Reads ranges of a paper from the hub for pdf.js, and keeps trying while the line is down: a reader in a meeting waits, it does not give up.
import { PDFDataRangeTransport } from 'pdfjs-dist'

/** First wait after a failed request, and the longest, in milliseconds: short enough that the page comes soon after the line does. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 8000

/** Answers that will not change by asking again: the paper is gone, or not for this person. */
const FINAL = new Set([400, 401, 403, 404, 410, 413, 416])

export type RangedEvents = {
  /** True while a request fails and is tried again, false as soon as one succeeds. */
  readonly onWaiting: (waiting: boolean) => void
  /** The hub will not give out the paper. */
  readonly onRefused: () => void
}

export class RangedTransport extends PDFDataRangeTransport {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #events: RangedEvents
  readonly #ended = new AbortController()

  constructor(url: string, headers: Readonly<Record<string, string>>, length: number, events: RangedEvents) {
    super(length, null)
    this.#url = url
    this.#headers = headers
    this.#events = events
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#deliver(begin, end)
  }

  override abort(): void {
    this.#ended.abort()
  }

  async #deliver(begin: number, end: number): Promise<void> {
    for (let wait = FIRST_WAIT; !this.#ended.signal.aborted; wait = Math.min(LONGEST_WAIT, wait * 2)) {
      const result = await this.#request(begin, end)
      if (this.#stopped()) return
      if (result === 'refused') {
        this.#events.onRefused()
        return
      }
      this.#events.onWaiting(result === 'failed')
      if (result !== 'failed') {
        this.onDataRange(begin, result)
        return
      }
      await this.#pause(wait)
    }
  }

  async #request(begin: number, end: number): Promise<Uint8Array | 'refused' | 'failed'> {
    try {
      const headers = { ...this.#headers, Range: `bytes=${begin}-${end - 1}` }
      const response = await fetch(this.#url, { headers, signal: this.#ended.signal, cache: 'no-store' })
      if (FINAL.has(response.status)) return 'refused'
      if (response.status !== 206) return 'failed'
      const bytes = new Uint8Array(await response.arrayBuffer())
      return bytes.length === end - begin ? bytes : 'failed'
    } catch {
      return 'failed'
    }
  }

  /** A method, because the signal changes while a request is under way. */
  #stopped(): boolean {
    return this.#ended.signal.aborted
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#ended.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
