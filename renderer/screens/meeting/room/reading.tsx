// One paper over the whole room, with the way back to the agenda: how papers are read before and after the session.
import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Paper } from '../../../../shared/meeting/state.ts'
import classes from './invitation.module.css'
import { PaperPane } from './paper-pane.tsx'

export function Reading({ paper, onBack }: { readonly paper: Paper; readonly onBack: () => void }) {
  const { t } = useTranslation('meeting')
  return (
    <div className={classes.reading}>
      <div className={classes.readingHead}>
        <Button variant="default" leftSection={<IconArrowLeft size="1.25rem" aria-hidden />} onClick={onBack} autoFocus>
          {t('paper.back')}
        </Button>
        <h2 className={classes.readingName}>{paper.name}</h2>
      </div>
      <div className={classes.readingPaper}>
        <PaperPane key={paper.id} paper={paper} presenting={null} />
      </div>
    </div>
  )
}
