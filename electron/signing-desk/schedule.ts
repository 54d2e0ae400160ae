// Doing something later: given to what waits, so that a test need not.

/** @returns takes it back */
export type Schedule = (ms: number, work: () => void) => () => void

/** Keeps no process alive. */
export const timers: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
