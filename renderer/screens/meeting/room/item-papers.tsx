// The papers of the shown item as tabs above the reader; the presenter's paper opens by itself for who follows.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconFileText } from '@tabler/icons-react'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { papersOf } from '../logic/papers-of.ts'
import { PaperPane, type Presenting } from './paper-pane.tsx'
import classes from './room.module.css'

interface ItemPapersProps {
  readonly board: MeetingBoard
  readonly itemId: string | null
  readonly presenting: Presenting | null
}

export function ItemPapers({ board, itemId, presenting }: ItemPapersProps) {
  const { t } = useTranslation('meeting')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const papers = papersOf(board.papers, itemId)
  const presentedId = presenting?.following === true ? presenting.presented?.paperId : undefined
  const shown = papers.find(({ id }) => id === presentedId) ?? papers.find(({ id }) => id === chosenId) ?? papers[0]
  if (shown === undefined) {
    return <EmptyState title={t('paper.none')} text={t('paper.noneText')} icon={<IconFileText size="2rem" />} />
  }
  return (
    <div className={classes.papers}>
      {papers.length > 1 && (
        <ul className={classes.paperTabs} aria-label={t('paper.ofItem')}>
          {papers.map((paper) => (
            <li key={paper.id}>
              <button
                type="button"
                className={classes.paperTab}
                aria-pressed={paper.id === shown.id}
                onClick={() => {
                  setChosenId(paper.id)
                  if (paper.id !== presentedId) presenting?.onFollowChange(false)
                }}
              >
                {paper.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.reader}>
        <PaperPane key={shown.id} paper={shown} presenting={presenting} />
      </div>
    </div>
  )
}
