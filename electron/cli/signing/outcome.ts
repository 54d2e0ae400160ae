// How the commands that write signatures say what became of it.
import { resolve } from 'node:path'
import { LEVELS } from '../../../shared/signature/report.ts'
import { writeWholeFile } from '../../bridge/whole-file.ts'
import type { WantedLevel } from '../../signature/raise-level.ts'
import type { DocumentOutcome } from '../../signature/signature-fault.ts'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, textOption, type ExitCode, type Terminal } from '../command.ts'

/** `--level`; undefined when it is none. */
export function levelOption(values: Readonly<Record<string, unknown>>): WantedLevel | undefined {
  const level = textOption(values, 'level')
  return LEVELS.find((known): known is WantedLevel => known !== 'none' && known === level)
}

/** @returns null after a complaint that names what cannot be read */
export async function orComplain<T>(
  what: string | undefined,
  terminal: Terminal,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read()
  } catch {
    terminal.complain(`${bothLanguages('sign.cannotRead')} ${what ?? ''}`)
    return null
  }
}

/** A file that was written below the wanted level is there, and the exit code says that something is missing. */
export async function writeOutcome(
  outcome: DocumentOutcome,
  wanted: WantedLevel,
  out: string,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!outcome.ok) {
    terminal.complain(`${bothLanguages('sign.refused')} ${outcome.code}`)
    return EXIT.failed
  }
  try {
    await writeWholeFile(resolve(out), outcome.bytes)
  } catch {
    terminal.complain(`${bothLanguages('sign.cannotWrite')} ${out}`)
    return EXIT.failed
  }
  terminal.line(`${bothLanguages('sign.done')} ${outcome.level}`)
  const { timestamp, revocation } = outcome.shortfall
  for (const { url, code } of [...timestamp, ...revocation]) terminal.complain(`  ${code}  ${url}`)
  return LEVELS.indexOf(outcome.level) < LEVELS.indexOf(wanted) ? EXIT.failed : EXIT.ok
}
