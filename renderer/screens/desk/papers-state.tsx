// Whether the papers of a meeting are on this device; they are fetched while this is on the screen.
import { useTranslation } from 'react-i18next'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { useLine, usePaperSet } from '../../client/hooks.ts'
import { refusalText } from '../../components/refusal.tsx'
import { StatePill } from '../../components/state-pill.tsx'

export function PapersState({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  if (entry.paperCount === 0) return <StatePill tone="neutral">{t('papers.none')}</StatePill>
  return <Fetching entry={entry} />
}

function Fetching({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const set = usePaperSet(entry.id)
  const { state } = useLine()
  if (set.complete && set.total > 0) return <StatePill tone="done">{t('papers.ready', { count: set.total })}</StatePill>
  // The board of the meeting may still be on its way; its number of papers is known from the desk.
  const counts = { here: set.here, total: set.total > 0 ? set.total : entry.paperCount }
  if (set.problem !== null && set.problem !== 'hub-unavailable') {
    return (
      <span title={refusalText(set.problem)}>
        <StatePill tone="warning">{t('papers.problem', counts)}</StatePill>
      </span>
    )
  }
  const words = state === 'offline' ? t('papers.later', counts) : t('papers.loading', counts)
  return <StatePill tone="waiting">{words}</StatePill>
}
