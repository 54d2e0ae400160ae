// The queue of papers of one meeting on the screen. It outlives the screen: whoever looks elsewhere meanwhile loses no upload.
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { usePerform, useUploadPaper } from '../../../client/hooks.ts'
import { notifyOutcome } from '../../../components/refusal.tsx'
import { useChangeReason } from './change-reason.tsx'
import { createUploadQueue, type UploadEffects, type UploadQueue, type UploadRow } from './upload-queue.ts'

export interface PaperUploads {
  readonly rows: readonly UploadRow[]
  readonly queue: UploadQueue
  /** Asks for the reason once for all files of one choice. */
  add(itemId: string, files: readonly File[], itemTitle: string): Promise<void>
}

const queues = new Map<string, UploadQueue>()

function queueOf(meetingId: string, effects: UploadEffects): UploadQueue {
  const known = queues.get(meetingId)
  if (known !== undefined) return known
  const fresh = createUploadQueue(effects)
  queues.set(meetingId, fresh)
  return fresh
}

export function usePaperUploads(meetingId: string): PaperUploads {
  const { t } = useTranslation('prepare')
  const perform = usePerform()
  const upload = useUploadPaper()
  const reasons = useChangeReason()
  const queue = useMemo(
    () =>
      queueOf(meetingId, {
        send: upload,
        attach: async ({ itemId, name }, { sha256, size, pages }, reason) => {
          const body = {
            meetingId,
            itemId,
            paperId: crypto.randomUUID(),
            name: name.trim(),
            sha256,
            size,
            pages,
            reason,
          }
          return notifyOutcome(await perform('meeting.attachPaper', body))
        },
      }),
    [meetingId, perform, upload],
  )
  const rows = useSyncExternalStore(queue.subscribe, queue.current)
  const add = useCallback(
    async (itemId: string, files: readonly File[], title: string) => {
      const given = await reasons.ask(t('papers.addAsk', { files: files.length, title }))
      if (given !== null) queue.add(itemId, files, given.reason)
    },
    [reasons, queue, t],
  )
  return { rows, queue, add }
}
