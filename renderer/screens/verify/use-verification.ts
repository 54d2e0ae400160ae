// The files that somebody brought to be checked, and what became of each; one after the other, since each may take all the memory.
import { useCallback, useRef, useState } from 'react'
import type { FileReport } from '../../../shared/signature/report.ts'
import { useDirectory } from '../../client/hooks.ts'
import { verifyInWorker } from '../../signature/verify-in-worker.ts'

interface Brought {
  readonly id: number
  readonly name: string
}
export type VerifiedFile =
  | (Brought & { readonly state: 'waiting' | 'working' | 'failed' })
  | (Brought & { readonly state: 'done'; readonly report: FileReport; readonly bytes: Uint8Array })

export interface Verification {
  /** Newest first. */
  readonly files: readonly VerifiedFile[]
  /** @returns the id of the first of them */
  readonly add: (files: readonly File[]) => number
  readonly forget: (id: number) => void
}

export function useVerification(): Verification {
  const trust = useDirectory()?.trust ?? null
  const [files, setFiles] = useState<readonly VerifiedFile[]>([])
  const next = useRef(1)
  const queue = useRef<Promise<void>>(Promise.resolve())

  const put = useCallback((file: VerifiedFile) => {
    setFiles((before) => before.map((each) => (each.id === file.id ? file : each)))
  }, [])
  const add = useCallback(
    (brought: readonly File[]) => {
      const first = next.current
      const rows = brought.map((file) => ({ id: next.current++, name: file.name, state: 'waiting' as const, file }))
      setFiles((before) => [...rows.map(({ file: _file, ...row }) => row), ...before])
      for (const { file, id, name } of rows) {
        queue.current = queue.current.then(async () => {
          put({ id, name, state: 'working' })
          put(await verified(file, id, trust))
        })
      }
      return first
    },
    [put, trust],
  )
  const forget = useCallback((id: number) => setFiles((before) => before.filter((each) => each.id !== id)), [])
  return { files, add, forget }
}

type Trusted = Parameters<typeof verifyInWorker>[0]['trust']

async function verified(file: File, id: number, trust: Trusted): Promise<VerifiedFile> {
  const { name } = file
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const report = await verifyInWorker({ name, bytes, trust, now: Date.now() })
    return report === null ? { id, name, state: 'failed' } : { id, name, state: 'done', report, bytes }
  } catch {
    // The browser could not read the file: it was moved, or it is on a disk that was pulled.
    return { id, name, state: 'failed' }
  }
}
