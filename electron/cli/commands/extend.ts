// `tra-my extend`: raises the signatures of a file, whoever made them, to a higher level, or renews its archive timestamp.
import { readFile } from 'node:fs/promises'
import { raiseLevel } from '../../signature/raise-level.ts'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, textOption, type Command } from '../command.ts'
import { levelOption, orComplain, writeOutcome } from '../signing/outcome.ts'
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
    const bytes = await orComplain(file, terminal, () => readFile(file))
    const surroundings = await orComplain(textOption(values, 'trust'), terminal, () => surroundingsOf(values))
    if (bytes === null || surroundings === null) return EXIT.failed
    return await writeOutcome(await raiseLevel(new Uint8Array(bytes), level, surroundings), level, out, terminal)
  },
}
