// The papers of one meeting on this device: how much is here, fetching what is missing one paper after another.
import { fingerprintOf } from '../../shared/meeting/papers.ts'
import type { Paper } from '../../shared/meeting/state.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { PaperCache } from '../replica/blobs/paper-cache.ts'
import { createValue, type Watchable } from '../replica/value.ts'
import type { PaperSetState } from './contract.ts'

type Wanted = Pick<Paper, 'sha256' | 'size'>

export interface PaperSet {
  readonly state: Watchable<PaperSetState>
  /** The set as the board names it now; starts or restarts the work. An unchanged set changes nothing. */
  want(papers: Readonly<Record<string, Wanted>>): void
  /** The line is back: try again what failed. */
  retry(): void
  close(): void
}

const NOTHING: PaperSetState = { total: 0, here: 0, bytesTotal: 0, bytesHere: 0, complete: false, problem: null }

/** @param onComplete told once for each set that is wholly here, with its fingerprint */
export function watchPaperSet(cache: PaperCache, onComplete: (fingerprint: string) => void): PaperSet {
  const state = createValue<PaperSetState>(NOTHING)
  let fingerprint: string | null = null
  let wanted: readonly Wanted[] = []
  let abort = new AbortController()
  let running = false

  const work = async (signal: AbortSignal, of: string) => {
    const papers = wanted
    const bytesOf = new Map<string, number>()
    let problem: RefusalCode | null = null
    const here = new Set<string>()
    const tell = (complete: boolean) => {
      if (signal.aborted) return
      state.set({
        total: papers.length,
        here: here.size,
        bytesTotal: papers.reduce((sum, paper) => sum + paper.size, 0),
        bytesHere: papers.reduce(
          (sum, { sha256, size }) => sum + (here.has(sha256) ? size : (bytesOf.get(sha256) ?? 0)),
          0,
        ),
        complete,
        problem,
      })
    }
    for (const { sha256 } of papers) {
      const complete = await cache.complete(sha256)
      if (complete.ok && complete.value) here.add(sha256)
    }
    tell(here.size === papers.length)
    for (const { sha256 } of papers) {
      if (here.has(sha256)) continue
      const fetched = await cache.ensure(sha256, signal, ({ phase, done }) => {
        if (phase !== 'moving') return
        bytesOf.set(sha256, done)
        tell(false)
      })
      if (fetched.ok) here.add(sha256)
      // The others may still come: one paper that was withdrawn must not keep back the rest.
      else problem = fetched.code
      tell(here.size === papers.length)
    }
    if (!signal.aborted && here.size === papers.length) onComplete(of)
  }
  const start = () => {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    const of = fingerprint
    if (of === null) return
    running = true
    work(signal, of)
      // An aborted download rejects with the reason of its signal; everything else comes as data.
      .catch(() => undefined)
      .finally(() => {
        if (!signal.aborted) running = false
      })
  }
  return {
    state,
    want: (papers) => {
      const next = fingerprintOf(papers)
      if (next === fingerprint) return
      fingerprint = next
      wanted = [...new Map(Object.values(papers).map((paper) => [paper.sha256, paper])).values()]
      start()
    },
    retry: () => {
      if (!running && !state.current().complete) start()
    },
    close: () => abort.abort(),
  }
}
