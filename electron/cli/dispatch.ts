// From the words on the command line to a command, and from its end to an exit code.
import { parseArgs } from 'node:util'
import { bothLanguages } from '../texts/texts.ts'
import { EXIT, type Command, type ExitCode, type Terminal } from './command.ts'
import { helpText } from './help.ts'

const HELP: readonly string[] = ['help', '--help', '-h']

/** @returns 0 done, 1 failed, 2 wrongly called */
export async function dispatch(
  words: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<ExitCode> {
  const [first] = words
  if (first === undefined || words.some((word) => HELP.includes(word))) {
    terminal.line(helpText(commands))
    return first === undefined ? EXIT.usage : EXIT.ok
  }
  // The longest name that the words begin with: `ledger verify` before `ledger`.
  const fitting = commands.filter(({ name }) => name.split(' ').every((word, i) => words[i] === word))
  const command = fitting.toSorted((a, b) => b.name.length - a.name.length)[0]
  if (command === undefined) {
    terminal.complain(`${bothLanguages('cli.unknownCommand')} ${first}\n\n${helpText(commands)}`)
    return EXIT.usage
  }
  const args = words.slice(command.name.split(' ').length)
  const { options, files } = command
  let values: Readonly<Record<string, unknown>>
  let named: readonly string[]
  try {
    const parsed = parseArgs({ args, options, strict: true, allowPositionals: files !== undefined })
    values = parsed.values
    named = parsed.positionals
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    terminal.complain(`${bothLanguages('cli.badOptions')} ${said}\n\n${helpText([command])}`)
    return EXIT.usage
  }
  if (files !== undefined && (named.length === 0 || (files === 'one' && named.length > 1))) {
    terminal.complain(`${bothLanguages(files === 'one' ? 'cli.oneFile' : 'cli.someFiles')}\n\n${helpText([command])}`)
    return EXIT.usage
  }
  return command.run(values, terminal, named)
}
