// `tra-my hub`: the hub alone, for a server of the office.
import { resolve } from 'node:path'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, portOption, textOption, type Command } from '../command.ts'
import { DEFAULT_DATA, DEFAULT_PORT, runHub } from '../own-hub.ts'

export const hub: Command = {
  name: 'hub',
  summary: 'hub.summary',
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    sample: { type: 'boolean' },
    cert: { type: 'string' },
    key: { type: 'string' },
  },
  optionHelp: {
    data: 'hub.data',
    port: 'hub.port',
    host: 'hub.host',
    sample: 'hub.sample',
    cert: 'hub.cert',
    key: 'hub.key',
  },
  run: async (values, terminal) => {
    const port = portOption(values, 'port', DEFAULT_PORT)
    if (port === undefined) {
      terminal.complain(bothLanguages('cli.badPort'))
      return EXIT.usage
    }
    const certFile = textOption(values, 'cert')
    const keyFile = textOption(values, 'key')
    if ((certFile === undefined) !== (keyFile === undefined)) {
      terminal.complain(bothLanguages('cli.certAndKey'))
      return EXIT.usage
    }
    const running = await runHub({
      dataFolder: resolve(textOption(values, 'data') ?? DEFAULT_DATA),
      host: textOption(values, 'host') ?? '127.0.0.1',
      port,
      sampleCommune: values['sample'] === true,
      ...(certFile === undefined || keyFile === undefined ? {} : { tls: { certFile, keyFile } }),
    })
    if (running === null) {
      terminal.complain(bothLanguages('cli.hubFailed'))
      return EXIT.failed
    }
    terminal.line(`${bothLanguages('cli.hubListening')} ${running.url}`)
    terminal.line(bothLanguages('cli.stopHint'))
    await terminal.interrupted
    await running.stop()
    return EXIT.ok
  },
}
