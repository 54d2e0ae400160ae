// The scrolling part of a page under its header. Screens that fill the window themselves do without it.
import type { ReactNode } from 'react'
import classes from './page-body.module.css'

/** @param props.width `text`: a column for reading and forms; `list`: rows; `full`: all there is */
export function PageBody({
  width = 'list',
  children,
}: {
  readonly width?: 'text' | 'list' | 'full'
  readonly children: ReactNode
}) {
  return (
    <div className={classes.scroll}>
      <div className={classes.column} data-width={width}>
        {children}
      </div>
    </div>
  )
}
