// `tra-my extend`: raises the signatures of a file, whoever made them, to a higher level, or renews its archive timestamp.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { writeWholeFile } from '../../bridge/whole-file.ts'
import { raiseLevel } from '../../signature/raise-level.ts'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, textOption, type Command } from '../command.ts'
import { levelOption, report } from '../signing/outcome.ts'
import { surroundingsOf } from '../signing/surroundings.ts'

export const extend: Command = {
  name: 'extend',
  summary: 'extend.summary',
  files: 'one',
  options: {
    out: { type: 'string' },
    level: { type: 'string' },
    tsa: { type: 'string' },
    trust: { type: 'string' },
  },
  optionHelp: { out: 'sign.out', level: 'sign.level', tsa: 'sign.tsa', trust: 'verify.trust' },
  run: async (values, terminal, [file = '']) => {
    const [out, level] = [textOption(values, 'out'), levelOption(values)]
    if (out === undefined || level === undefined) {
      terminal.complain(bothLanguages('extend.usage'))
      return EXIT.usage
    }
    const bytes = await readFile(file).catch(() => null)
    if (bytes === null) {
      terminal.complain(`${bothLanguages('sign.cannotRead')} ${file}`)
      return EXIT.failed
    }
    const outcome = await raiseLevel(new Uint8Array(bytes), level, await surroundingsOf(values))
    if (outcome.ok) await writeWholeFile(resolve(out), outcome.bytes)
    return report(outcome, level, terminal)
  },
}
