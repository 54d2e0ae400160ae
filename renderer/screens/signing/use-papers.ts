// The papers that somebody brought to sign: each is checked for signatures and looked through before anybody may sign it.
import { useCallback, useRef, useState } from 'react'
import type { ScanFinding } from '../../../shared/pdf/scan/finding.ts'
import type { FileReport } from '../../../shared/signature/report.ts'
import { useDirectory } from '../../client/hooks.ts'
import { scanInWorker } from '../../signature/scan-in-worker.ts'
import { verifyInWorker } from '../../signature/verify-in-worker.ts'

interface Brought {
  /** A UUID: the desktop names the document by it. */
  readonly id: string
  readonly name: string
}
export interface ReadyPaper extends Brought {
  readonly state: 'ready'
  readonly bytes: Uint8Array
  readonly report: FileReport
  readonly findings: readonly ScanFinding[]
  /** Signature fields of the paper that wait for a signature. */
  readonly waiting: readonly string[]
  readonly cleaned: boolean
}
export type Paper = (Brought & { readonly state: 'waiting' | 'looking' | 'failed' }) | ReadyPaper

export interface Papers {
  readonly papers: readonly Paper[]
  readonly add: (files: readonly File[]) => void
  readonly forget: (id: string) => void
  /** @returns false when it cannot be written anew: it stays as it was */
  readonly clean: (paper: ReadyPaper) => Promise<boolean>
}

export function usePapers(): Papers {
  const trust = useDirectory()?.trust ?? null
  const [papers, setPapers] = useState<readonly Paper[]>([])
  const queue = useRef<Promise<void>>(Promise.resolve())

  const put = useCallback((paper: Paper) => {
    setPapers((before) => before.map((each) => (each.id === paper.id ? paper : each)))
  }, [])
  const add = useCallback(
    (files: readonly File[]) => {
      const rows = files.map((file) => ({ id: crypto.randomUUID(), name: file.name, file }))
      setPapers((before) => [...before, ...rows.map(({ id, name }) => ({ id, name, state: 'waiting' as const }))])
      for (const { file, id, name } of rows) {
        // One after the other: each may take all the memory.
        queue.current = queue.current.then(async () => {
          put({ id, name, state: 'looking' })
          put(await lookedAt(file, id, trust))
        })
      }
    },
    [put, trust],
  )
  const forget = useCallback((id: string) => setPapers((before) => before.filter((each) => each.id !== id)), [])
  const clean = useCallback(
    async (paper: ReadyPaper) => {
      const answer = await scanInWorker({ bytes: paper.bytes, clean: true })
      if (answer === null || 'fault' in answer || answer.cleaned === null) return false
      const { cleaned: bytes, findings, waiting } = answer
      const report = await verifyInWorker({ name: paper.name, bytes, trust, now: Date.now() })
      if (report === null) return false
      put({ ...paper, bytes, report, findings, waiting, cleaned: true })
      return true
    },
    [put, trust],
  )
  return { papers, add, forget, clean }
}

type Trusted = Parameters<typeof verifyInWorker>[0]['trust']

async function lookedAt(file: File, id: string, trust: Trusted): Promise<Paper> {
  const { name } = file
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const report = await verifyInWorker({ name, bytes, trust, now: Date.now() })
    const answer = report === null ? null : await scanInWorker({ bytes, clean: false })
    if (report === null || answer === null || 'fault' in answer) return { id, name, state: 'failed' }
    const { findings, waiting } = answer
    return { id, name, state: 'ready', bytes, report, findings, waiting, cleaned: false }
  } catch {
    // The browser could not read the file: it was moved, or it is on a disk that was pulled.
    return { id, name, state: 'failed' }
  }
}
