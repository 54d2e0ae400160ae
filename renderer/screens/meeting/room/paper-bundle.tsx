// "Trọn bộ tài liệu": all papers of the meeting as one file in the order of the agenda, to be printed before the power fails.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFiles } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import type { RefusalCode, Result } from '../../../../shared/refusal.ts'
import { usePaperSet } from '../../../client/hooks.ts'
import { useWorkplace } from '../../../client/provider.tsx'
import type { Papers } from '../../../client/papers.ts'
import { notifyRefusal } from '../../../components/refusal.tsx'
import { papersOf } from '../logic/papers-of.ts'
import { saveFile } from '../parts/desktop.ts'

/** Shown where the papers are on this device: the bundle needs no line. */
export function PaperBundle({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const { papers } = useWorkplace()
  const { complete } = usePaperSet(board.meeting.id)
  const [busy, setBusy] = useState(false)
  if (Object.keys(board.papers).length === 0) return null
  const save = async () => {
    setBusy(true)
    const made = await bundleOf(board, papers)
    if (!made.ok) notifyRefusal(made.code)
    else if (await saveFile(`${board.meeting.title}.pdf`, made.value))
      notifications.show({ message: t('bundle.saved') })
    setBusy(false)
  }
  return (
    <Button
      variant="default"
      loading={busy}
      disabled={!complete}
      leftSection={<IconFiles size="1.25rem" aria-hidden />}
      onClick={() => void save()}
    >
      {t('bundle.verb')}
    </Button>
  )
}

async function bundleOf(board: MeetingBoard, papers: Papers): Promise<Result<Uint8Array>> {
  const parts: { name: string; bytes: Uint8Array }[] = []
  for (const { item } of inOrder(board.items)) {
    for (const { name, sha256 } of papersOf(board.papers, item.id)) {
      const here = await papers.cache.bytes(sha256)
      if (!here.ok) return here
      if (here.value === null) return { ok: false, code: 'hub-unavailable' satisfies RefusalCode }
      parts.push({ name, bytes: here.value })
    }
  }
  // The PDF library is large and rarely needed: it comes when somebody asks for it.
  const { bundlePapers } = await import('../../../../shared/pdf/bundle.ts')
  return await bundlePapers(board.meeting.title, parts)
}
