// "Đã lưu 09:12": said politely to screen readers, quietly to eyes, in a place that keeps its width.
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../../../shared/text/dates.ts'
import classes from './prepare.module.css'
import type { Saved } from './use-saved.ts'

export function SavedLine({ saved }: { readonly saved: Saved }) {
  const { t } = useTranslation('prepare')
  // The place stays: nothing jumps when the first word comes.
  if (saved.state === 'idle') return <span className={classes.saved} role="status" />
  const text = saved.state === 'saved' ? t('saved.saved', { time: formatTime(saved.at) }) : t(`saved.${saved.state}`)
  return (
    <span className={classes.saved} role="status" data-state={saved.state}>
      {text}
    </span>
  )
}
