// What a command of `tra-my` is: one file a command in commands/, listed in commands.ts.
import type { ParseArgsOptionsConfig } from 'node:util'
import type { TextKey } from '../texts/texts.ts'

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Where a command speaks to the person; a test listens here. */
export interface Terminal {
  line(text: string): void
  complain(text: string): void
  /** Settles when the person (Ctrl+C) or the system asks the command to end. */
  readonly interrupted: Promise<void>
}

export interface Command {
  /** One word, or two: `ledger verify`. */
  readonly name: string
  readonly summary: TextKey
  readonly options: ParseArgsOptionsConfig
  /** A line of help for each option. */
  readonly optionHelp: Readonly<Record<string, TextKey>>
  /** How many files the command takes before or between its options; none when left out. */
  readonly files?: 'one' | 'many'
  /**
   * @param values as `node:util` parsed them by `options`
   * @param files at least one where the command takes files, exactly one where it takes one
   */
  run(values: Readonly<Record<string, unknown>>, terminal: Terminal, files: readonly string[]): Promise<ExitCode>
}

export function textOption(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** @returns undefined when it is no port */
export function portOption(
  values: Readonly<Record<string, unknown>>,
  name: string,
  preset: number,
): number | undefined {
  const text = textOption(values, name)
  if (text === undefined) return preset
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
}
