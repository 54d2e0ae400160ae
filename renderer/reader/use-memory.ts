// Tells the screen around the reader where one is, when reading pauses and when the reader goes away.
import { useCallback, useEffect, useRef } from 'react'
import type { ReaderMemory } from './pdf-reader.tsx'

/** Waits until scrolling pauses, in milliseconds: the memory is written to the device's store each time. */
const PAUSE = 400

/** @returns takes over what changed */
export function useMemory(
  start: ReaderMemory,
  onRemember: ((memory: ReaderMemory) => void) | undefined,
): (change: Partial<ReaderMemory>) => void {
  const memory = useRef(start)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const tell = useRef(onRemember)
  useEffect(() => {
    tell.current = onRemember
  })
  const write = useCallback((): void => {
    if (timer.current === null) return
    clearTimeout(timer.current)
    timer.current = null
    tell.current?.(memory.current)
  }, [])
  useEffect(() => write, [write])
  return useCallback(
    (change: Partial<ReaderMemory>): void => {
      memory.current = { ...memory.current, ...change }
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(write, PAUSE)
    },
    [write],
  )
}
