// The morning that the pictures show: hub, acts and browsers stand at one moment that moves only when the script says so, so that a picture shows the same times each run.
import { mock } from 'node:test'
import type { BrowserContext } from 'playwright-core'

/** Thursday, five to eight in the morning in Việt Nam. */
const BEGINNING = Date.parse('2026-11-26T00:55:00Z')

const contexts = new Set<BrowserContext>()

/** From now on this process reads the picture's clock; timers run on as ever. */
export function beginMorning(): void {
  mock.timers.enable({ apis: ['Date'], now: BEGINNING })
}

/** The browser reads the same clock. Call before the page is opened. */
export async function onTime(context: BrowserContext): Promise<void> {
  await context.clock.setFixedTime(Date.now())
  contexts.add(context)
  context.once('close', () => contexts.delete(context))
}

/** @param seconds how much later it becomes, everywhere at once */
export async function later(seconds: number): Promise<void> {
  const now = Date.now() + seconds * 1000
  mock.timers.setTime(now)
  await Promise.all([...contexts].map(async (context) => await context.clock.setFixedTime(now)))
}
