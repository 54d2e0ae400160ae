// Papers on their way to the agenda: several at once, each with its own progress, name, error and way back. Knows no React and no hub.
import type { AdmittedPaper } from '../../../../shared/blob/transfer.ts'
import type { RefusalCode, Result } from '../../../../shared/refusal.ts'
import type { TransferProgress } from '../../../replica/blobs/upload-paper.ts'
import { paperName } from '../logic/paper-name.ts'

/** `sent`: whole at the hub, waits while the person still types its name. `attaching`: the act is under way. */
type UploadState = 'queued' | 'sending' | 'sent' | 'attaching' | 'failed'

export interface UploadRow {
  readonly id: string
  readonly itemId: string
  readonly fileName: string
  readonly size: number
  /** As the paper will stand on the agenda. */
  readonly name: string
  readonly state: UploadState
  readonly progress: TransferProgress | null
  readonly code: RefusalCode | null
}

export interface UploadEffects {
  send(
    file: File,
    onProgress: (progress: TransferProgress) => void,
    signal: AbortSignal,
  ): Promise<Result<AdmittedPaper>>
  /** Performs `meeting.attachPaper`. @returns false when it was refused; the person has then been told */
  attach(row: UploadRow, paper: AdmittedPaper, reason: string | null): Promise<boolean>
}

export interface UploadQueue {
  readonly current: () => readonly UploadRow[]
  readonly subscribe: (listener: () => void) => () => void
  add(itemId: string, files: readonly File[], reason: string | null): void
  rename(id: string, name: string): void
  /** While a name is being typed its paper is not attached; leaving the field lets it go. */
  editing(id: string, on: boolean): void
  cancel(id: string): void
  retry(id: string): void
}

/** Files read and sent at the same time; their parts share the few connections of the window anyway. */
const AT_ONCE = 3

interface Job {
  readonly file: File
  readonly reason: string | null
  abort: AbortController
  paper: AdmittedPaper | null
  editing: boolean
}

export function createUploadQueue(effects: UploadEffects): UploadQueue {
  let rows: readonly UploadRow[] = []
  const jobs = new Map<string, Job>()
  const listeners = new Set<() => void>()

  const show = (next: readonly UploadRow[]) => {
    rows = next
    for (const listener of listeners) listener()
  }
  const change = (id: string, values: Partial<UploadRow>) =>
    show(rows.map((row) => (row.id === id ? { ...row, ...values } : row)))
  const remove = (id: string) => {
    jobs.delete(id)
    show(rows.filter((row) => row.id !== id))
  }

  const startNext = () => {
    const free = AT_ONCE - rows.filter((row) => row.state === 'sending').length
    for (const row of rows.filter(({ state }) => state === 'queued').slice(0, Math.max(0, free))) void send(row.id)
  }

  const send = async (id: string) => {
    const job = jobs.get(id)
    if (job === undefined) return
    change(id, { state: 'sending', code: null })
    const { signal } = job.abort
    try {
      const result = await effects.send(job.file, (progress) => change(id, { progress }), signal)
      if (jobs.get(id) !== job || signal.aborted) return
      if (result.ok) {
        job.paper = result.value
        change(id, { state: 'sent' })
      } else change(id, { state: 'failed', code: result.code, progress: null })
      await attachNext(itemOf(id) ?? '')
    } catch (error) {
      // Cancelling rejects with its own reason: that one is no failure.
      if (!signal.aborted) throw error
    } finally {
      startNext()
    }
  }

  /** Papers of one item come to the agenda in the order they were chosen, however long each one travels. */
  const attachNext = async (itemId: string): Promise<void> => {
    const row = rows.find((each) => each.itemId === itemId && each.state !== 'failed')
    const job = row === undefined ? undefined : jobs.get(row.id)
    if (row?.state !== 'sent' || job === undefined || job.paper === null || job.editing) return
    change(row.id, { state: 'attaching' })
    if (await effects.attach(row, job.paper, job.reason)) remove(row.id)
    else change(row.id, { state: 'failed' })
    await attachNext(itemId)
  }
  const itemOf = (id: string) => rows.find((row) => row.id === id)?.itemId

  return {
    current: () => rows,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: (itemId, files, reason) => {
      const fresh = files.map((file): UploadRow => {
        const id = crypto.randomUUID()
        jobs.set(id, { file, reason, abort: new AbortController(), paper: null, editing: false })
        const { name: fileName, size } = file
        return { id, itemId, fileName, size, name: paperName(fileName), state: 'queued', progress: null, code: null }
      })
      show([...rows, ...fresh])
      startNext()
    },
    rename: (id, name) => change(id, { name }),
    editing: (id, on) => {
      const job = jobs.get(id)
      if (job === undefined) return
      job.editing = on
      const row = rows.find((each) => each.id === id)
      if (!on && row?.name.trim() === '') change(id, { name: paperName(row.fileName) })
      if (!on && row !== undefined) void attachNext(row.itemId)
    },
    cancel: (id) => {
      const itemId = itemOf(id)
      jobs.get(id)?.abort.abort()
      remove(id)
      startNext()
      if (itemId !== undefined) void attachNext(itemId)
    },
    retry: (id) => {
      const job = jobs.get(id)
      if (job === undefined) return
      job.abort = new AbortController()
      change(id, { state: job.paper === null ? 'queued' : 'sent', code: null })
      if (job.paper === null) startNext()
      else void attachNext(itemOf(id) ?? '')
    },
  }
}
