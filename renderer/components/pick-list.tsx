// A list of any length that one walks through with the keyboard: only the rows in sight are drawn, the chosen one is always in sight.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import classes from './pick-list.module.css'
import { useRowKeys } from './use-row-keys.ts'

export interface PickListProps<T> {
  readonly rows: readonly T[]
  /** What the list is and how it is walked, for screen readers. */
  readonly label: string
  readonly idOf: (row: T) => string
  readonly render: (row: T) => ReactNode
  /** Enter or a click. */
  readonly onOpen: (row: T) => void
  /** The row that stays marked because its details are beside the list. */
  readonly openId?: string | null
  /** A row's usual height, in rem; rows that are taller are measured. */
  readonly rowRem?: number
  /** For trees: 1 is the outermost. */
  readonly levelOf?: (row: T) => number
}

export function PickList<T>({
  rows,
  label,
  idOf,
  render,
  onOpen,
  openId = null,
  rowRem = 4.5,
  levelOf,
}: PickListProps<T>) {
  const scroll = useRef<HTMLDivElement>(null)
  const open = (index: number) => {
    const row = rows[index]
    if (row !== undefined) onOpen(row)
  }
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowRem * rootSize(),
    getItemKey: (index) => keyOf(rows, index, idOf),
    overscan: 8,
  })
  const keys = useRowKeys(rows.length, (index) => virtual.scrollToIndex(index), open)
  const openAt = openId === null ? -1 : rows.findIndex((row) => idOf(row) === openId)
  // Who comes by an address or by the quick search sees the row that the details belong to; a click was in sight anyway.
  const { scrollToIndex } = virtual
  useEffect(() => {
    if (openAt >= 0) scrollToIndex(openAt, { align: 'auto' })
  }, [openAt, scrollToIndex])
  const active = rows[keys.chosen]
  const tree = levelOf !== undefined
  return (
    <div
      ref={scroll}
      className={classes.scroll}
      role={tree ? 'tree' : 'listbox'}
      aria-label={label}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onFocus={(event) => {
        // A finger or a mouse says itself which row it means; moving the list under it would miss.
        if (keys.chosen >= 0 || !event.currentTarget.matches(':focus-visible')) return
        keys.choose(Math.max(0, openAt))
      }}
      {...(active === undefined ? {} : { 'aria-activedescendant': `row-${idOf(active)}` })}
    >
      <div className={classes.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const id = idOf(row)
          const level = levelOf?.(row) ?? 1
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              id={`row-${id}`}
              className={classes.row}
              role={tree ? 'treeitem' : 'option'}
              aria-selected={openId === null ? index === keys.chosen : id === openId}
              data-chosen={index === keys.chosen || undefined}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              {...(tree ? { 'aria-level': level } : {})}
              style={{
                transform: `translateY(${start}px)`,
                minHeight: `${rowRem}rem`,
                paddingInlineStart: `calc(var(--pick-inset, 1rem) + ${(level - 1) * 1.25}rem)`,
              }}
              onClick={() => {
                keys.choose(index)
                open(index)
              }}
            >
              {render(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function keyOf<T>(rows: readonly T[], index: number, idOf: (row: T) => string): string | number {
  const row = rows[index]
  return row === undefined ? index : idOf(row)
}

/** Rows grow with large type. */
function rootSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}
