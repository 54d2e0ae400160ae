// The top of a page: its title, what can be done here, and the state of the line in its one quiet place.
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LineState } from './line-state.tsx'
import classes from './page-header.module.css'

export interface PageHeaderProps {
  readonly title: string
  /** One line under the title: when, where, which state. */
  readonly lead?: ReactNode
  /** Buttons; the main one last. */
  readonly actions?: ReactNode
  /** Where "back" leads, as an address of the router. */
  readonly backTo?: string
}

/** Sets the title of the document, and takes the focus when the page was opened, so that a screen reader says where one is. */
export function PageHeader({ title, lead, actions, backTo }: PageHeaderProps) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = t('documentTitle', { title, app: t('appName') })
  }, [title, t])
  useEffect(() => {
    // A field that asks for the focus itself keeps it.
    if (
      document.activeElement === null ||
      document.activeElement === document.body ||
      isNavigation(document.activeElement)
    ) {
      heading.current?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <header className={classes.header}>
      {backTo !== undefined && (
        <Link to={backTo} className={classes.back} aria-label={t('back')} title={t('back')}>
          <IconArrowLeft size="1.25rem" aria-hidden="true" />
        </Link>
      )}
      <div className={classes.words}>
        <h1 className={classes.title} ref={heading} tabIndex={-1} title={title}>
          {title}
        </h1>
        {lead !== undefined && <div className={classes.lead}>{lead}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      <LineState />
    </header>
  )
}

function isNavigation(element: Element): boolean {
  return element.tagName === 'A' || element.closest('nav') !== null
}
