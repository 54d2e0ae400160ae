// One section of the preparation with its heading.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './prepare.module.css'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly help?: string | undefined
  readonly children: ReactNode
}

export function Section({ id, title, help, children }: SectionProps) {
  return (
    <section className={classes.section} aria-labelledby={`prepare-${id}`}>
      <h2 id={`prepare-${id}`} className={classes.heading}>
        {title}
      </h2>
      {help !== undefined && <p className={classes.help}>{help}</p>}
      {children}
    </section>
  )
}

/** Above everything once people were invited: from here on nothing changes in silence. */
export function PublishedNote() {
  const { t } = useTranslation('prepare')
  return (
    <p role="note" className={classes.note}>
      {t('publishedNote')}
    </p>
  )
}
