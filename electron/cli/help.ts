// The help of the command line, in Vietnamese and in English.
import { bothLanguages, english, vietnamese } from '../texts/texts.ts'
import type { Command } from './command.ts'

/** All commands with their options, both languages. */
export function helpText(commands: readonly Command[]): string {
  return [
    bothLanguages('cli.usage'),
    '',
    `${vietnamese('cli.commands')} / ${english('cli.commands')}`,
    ...commands.flatMap(commandHelp),
    `  help                ${vietnamese('help.summary')} / ${english('help.summary')}`,
  ].join('\n')
}

const FILES = { one: ' FILE', many: ' FILE…' } as const

function commandHelp({ name, summary, options, optionHelp, files }: Command): readonly string[] {
  const rows = Object.entries(optionHelp).map(([option, key]) => {
    const shown = `--${option}${options[option]?.type === 'string' ? ' …' : ''}`
    return `      ${shown.padEnd(16)}${vietnamese(key)} / ${english(key)}`
  })
  return [
    `  ${(name + (files === undefined ? '' : FILES[files])).padEnd(20)}${vietnamese(summary)} / ${english(summary)}`,
    ...rows,
  ]
}
