// `tra-my tokens`: which signing tokens this machine sees, through which drivers, with which certificates. Asks for no PIN.
import { bothLanguages, vietnamese } from '../../texts/texts.ts'
import { EXIT, textOption, type Command } from '../command.ts'
import { tokensOfThisMachine } from '../signing/surroundings.ts'

export const tokens: Command = {
  name: 'tokens',
  summary: 'tokens.summary',
  options: { module: { type: 'string' }, json: { type: 'boolean' } },
  optionHelp: { module: 'tokens.module', json: 'tokens.json' },
  run: async (values, terminal) => {
    const client = tokensOfThisMachine(textOption(values, 'module'))
    try {
      const modules = await client.modules()
      const found = await Promise.all(
        (await client.tokens()).map(async (token) => {
          const certificates = await client.certificates(token.id)
          return {
            ...token,
            certificates: certificates.ok
              ? certificates.value.map(({ der, ...rest }) => ({ ...rest, der: Buffer.from(der).toString('base64') }))
              : [],
          }
        }),
      )
      if (values['json'] === true) {
        terminal.line(JSON.stringify({ schema: 'tra-my/tokens', version: 1, modules, tokens: found }, null, 2))
        return EXIT.ok
      }
      for (const { name, path, status } of modules) terminal.line(`${name}  ${path}  ${status}`)
      if (found.length === 0) terminal.line(bothLanguages('token.none'))
      for (const { id, manufacturer, pin, certificates } of found) {
        terminal.line(`${id.label}  ${id.serial}  ${manufacturer}  ${vietnamese(`token.pin.${pin}`)}`)
        for (const { info, obstacles } of certificates)
          terminal.line(
            `  ${info?.subject ?? '–'}  ${info === null ? '' : new Date(info.notAfter).toISOString()}  ${obstacles.join(' ')}`,
          )
      }
      return EXIT.ok
    } finally {
      await client.close()
    }
  },
}
