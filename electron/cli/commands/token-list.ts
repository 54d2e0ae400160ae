// `tra-my token list`: which tokens a vendor's PKCS#11 library sees, without asking for a PIN.
import { resolve } from 'node:path'
import { listTokens } from '../../signing/tokens.ts'
import { bothLanguages, vietnamese, type TextKey } from '../../texts/texts.ts'
import { EXIT, textOption, type Command } from '../command.ts'

export const tokenList: Command = {
  name: 'token list',
  summary: 'token.summary',
  options: { module: { type: 'string' } },
  optionHelp: { module: 'token.module' },
  run: async (values, terminal) => {
    const module = textOption(values, 'module')
    if (module === undefined) {
      terminal.complain(bothLanguages('token.moduleMissing'))
      return EXIT.usage
    }
    const list = listTokens(resolve(module))
    if (!list.ok) {
      terminal.complain(bothLanguages(list.code === 'module' ? 'token.badModule' : 'token.no-reader'))
      return EXIT.failed
    }
    if (list.tokens.length === 0) terminal.line(bothLanguages('token.none'))
    for (const { label, serialNumber, manufacturer, pin } of list.tokens) {
      terminal.line(`${label}  ${serialNumber}  ${manufacturer}  ${vietnamese(`token.pin.${pin}` satisfies TextKey)}`)
    }
    return await Promise.resolve(EXIT.ok)
  },
}
