// Arrow keys in a virtual list: one row is chosen, Enter opens it, and it is always scrolled into sight.
import { useState, type KeyboardEvent } from 'react'

const PAGE_ROWS = 10

/** Where the choice goes by a key; null for a key that does not move it. Exported for its test. */
export function nextRow(key: string, row: number, count: number): number | null {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, row + 1)
    case 'ArrowUp':
      return Math.max(0, row - 1)
    case 'PageDown':
      return Math.min(last, row + PAGE_ROWS)
    case 'PageUp':
      return Math.max(0, row - PAGE_ROWS)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

export interface RowKeys {
  /** -1 while nothing is chosen. */
  readonly chosen: number
  readonly choose: (row: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** For an element with `role="listbox"`, `tabIndex={0}` and `aria-activedescendant`. */
export function useRowKeys(count: number, show: (row: number) => void, open: (row: number) => void): RowKeys {
  const [row, setRow] = useState(-1)
  // A search may have made the list shorter than the choice.
  const chosen = Math.min(row, count - 1)
  const choose = (next: number) => {
    setRow(next)
    show(next)
  }
  return {
    chosen,
    choose,
    onKeyDown: (event) => {
      if (event.key === 'Enter' && chosen >= 0) {
        event.preventDefault()
        open(chosen)
        return
      }
      const next = nextRow(event.key, chosen, count)
      if (next === null || count === 0) return
      event.preventDefault()
      choose(next)
    },
  }
}
