// One paper in the reader: at the page where this person left it, following whoever presents, and presenting for who may.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconScreenShare } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Paper } from '../../../../shared/meeting/state.ts'
import type { PresentedPlace } from '../../../client/contract.ts'
import { useMe, usePaperSource } from '../../../client/hooks.ts'
import { PdfReader } from '../../../reader/pdf-reader.tsx'
import { rememberedPlace, rememberPlace } from '../parts/paper-place.ts'
import classes from './room.module.css'

/** What the pane needs of the presence in the room; null where nobody presents, before and after the session. */
export interface Presenting {
  readonly presented: PresentedPlace | null
  /** Undefined for who may not present. */
  readonly present: ((place: { readonly paperId: string; readonly page: number } | null) => void) | undefined
  readonly following: boolean
  readonly onFollowChange: (following: boolean) => void
}

interface PaperPaneProps {
  readonly paper: Paper
  readonly presenting: Presenting | null
}

export function PaperPane({ paper, presenting }: PaperPaneProps) {
  const { t } = useTranslation('meeting')
  const { personId } = useMe()
  const source = usePaperSource(paper.sha256, paper.size)
  const [remembered] = useState(() => rememberedPlace(personId, paper.sha256))
  const [page, setPage] = useState(remembered?.page ?? 1)
  const mine = presenting?.presented?.personId === personId
  const present = presenting?.present
  const presentedHere = presenting?.presented?.paperId === paper.id ? presenting.presented : null

  // Who presents takes the room along, page by page; the newest function is asked, and only when the place is another.
  const latest = useRef(present)
  useEffect(() => {
    latest.current = present
  })
  useEffect(() => {
    if (mine) latest.current?.({ paperId: paper.id, page })
  }, [mine, paper.id, page])

  if (source === null) {
    return (
      <p className={classes.wait} role="status">
        {t('paper.looking')}
      </p>
    )
  }
  return (
    <PdfReader
      source={source}
      documentKey={paper.sha256}
      remembered={remembered}
      onRemember={(memory) => rememberPlace(personId, paper.sha256, memory)}
      onPageChange={setPage}
      presenterPage={mine ? null : (presentedHere?.page ?? null)}
      following={presenting !== null && !mine && presenting.following}
      onFollowChange={
        presenting === null || mine || presenting.presented === null ? undefined : presenting.onFollowChange
      }
      toolbarExtra={
        present === undefined ? undefined : (
          <Tooltip label={mine ? t('paper.stopPresenting') : t('paper.present')}>
            <ActionIcon
              variant={mine ? 'light' : 'subtle'}
              color={mine ? 'cinnamon' : 'gray'}
              aria-label={t('paper.present')}
              aria-pressed={mine}
              onClick={() => present(mine ? null : { paperId: paper.id, page })}
            >
              <IconScreenShare size="1.25rem" aria-hidden />
            </ActionIcon>
          </Tooltip>
        )
      }
    />
  )
}
