// What was aimed at and whether it was reached, gathered while the benchmark runs and printed at its end. Nothing here can fail.

import { printTable } from './table.ts'

export class Goals {
  readonly #rows: (readonly string[])[] = []

  /** A figure that should be at most so much. NaN, where something was not measured, is never reached. */
  atMost(what: string, measured: number, goal: number, unit = ''): void {
    this.#rows.push([what, text(measured, unit), `≤ ${text(goal, unit)}`, measured <= goal ? 'reached' : 'not reached'])
  }

  print(): void {
    if (this.#rows.length > 0) printTable('goals', ['figure', 'measured', 'goal', ''], this.#rows)
  }
}

function text(value: number, unit: string): string {
  const digits = Number.isInteger(value) ? 0 : 2
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`
}
