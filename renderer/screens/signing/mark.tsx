// The visible mark on the page: dragged by hand, moved by the arrow keys in millimetres, with what will stand in it.
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inMillimetres, MM, moved, resized, type Box, type Sheet } from './place.ts'
import classes from './signing.module.css'

interface MarkProps {
  readonly box: Box
  readonly sheet: Sheet
  /** CSS pixels per point. */
  readonly scale: number
  readonly onChange: (box: Box) => void
  /** What will be drawn, in the size it will have. */
  readonly children: ReactNode
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const LONG_STEP = 10

type Change = (box: Box, right: number, down: number, sheet: Sheet) => Box

export function Mark({ box, sheet, scale, onChange, children }: MarkProps) {
  const { t } = useTranslation('signing')
  const move = useHandle(moved, { box, sheet, scale, onChange })
  const size = useHandle(resized, { box, sheet, scale, onChange })
  const { left, top } = inMillimetres(box)
  const where = t('mark.where', { left, top })
  const area = { left: box.left * scale, top: box.top * scale, width: box.width * scale, height: box.height * scale }
  return (
    <>
      <div className={classes.markContent} style={area} aria-hidden="true">
        {children}
      </div>
      <button
        type="button"
        className={classes.mark}
        aria-label={t('mark.label', { where })}
        aria-describedby="mark-help"
        style={area}
        {...move}
      />
      <button
        type="button"
        className={classes.corner}
        aria-label={t('mark.size', { width: Math.round(box.width / MM), height: Math.round(box.height / MM) })}
        style={{ left: (box.left + box.width) * scale, top: (box.top + box.height) * scale }}
        {...size}
      />
      <span className="tm-visually-hidden" role="status">
        {where}
      </span>
    </>
  )
}

/** Pointer and arrow keys of one of the two handles. */
function useHandle(change: Change, { box, sheet, scale, onChange }: Omit<MarkProps, 'children'>) {
  const held = useRef<{ readonly x: number; readonly y: number; readonly box: Box } | null>(null)
  return {
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = ARROWS[event.key]
      if (arrow === undefined || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      const step = (event.shiftKey ? LONG_STEP : 1) * MM
      onChange(change(box, arrow[0] * step, arrow[1] * step, sheet))
    },
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      held.current = { x: event.clientX, y: event.clientY, box }
    },
    onPointerMove: (event: PointerEvent) => {
      const start = held.current
      if (start === null) return
      onChange(change(start.box, (event.clientX - start.x) / scale, (event.clientY - start.y) / scale, sheet))
    },
    onPointerUp: () => {
      held.current = null
    },
    onPointerCancel: () => {
      held.current = null
    },
  }
}
