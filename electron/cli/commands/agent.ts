// `tra-my agent`: opens an existing hub in this machine's Chromium, paired with this machine's bridge.
import { bothLanguages } from '../../texts/texts.ts'
import { hubUrlSchema } from '../../../shared/desktop/contract.ts'
import { findChromium, thisMachine } from '../../agent/system-browser.ts'
import { EXIT, textOption, type Command } from '../command.ts'
import { openPairedWindow, runAgent, windowClosed } from '../own-agent.ts'
import { DEFAULT_DATA } from '../own-hub.ts'

export const agent: Command = {
  name: 'agent',
  summary: 'agent.summary',
  options: { hub: { type: 'string' }, data: { type: 'string' } },
  optionHelp: { hub: 'agent.hub', data: 'start.data' },
  run: async (values, terminal) => {
    const hubUrl = hubUrlSchema.safeParse(textOption(values, 'hub'))
    if (!hubUrl.success) {
      terminal.complain(bothLanguages('cli.badHub'))
      return EXIT.usage
    }
    const chromium = findChromium(thisMachine())
    if (chromium === null) {
      terminal.complain(bothLanguages('agent.noChromium'))
      return EXIT.failed
    }
    const data = textOption(values, 'data') ?? DEFAULT_DATA
    const running = await runAgent(hubUrl.data, data, terminal)
    const window = openPairedWindow(chromium, hubUrl.data, running, data)
    terminal.line(bothLanguages('cli.stopHint'))
    await Promise.race([terminal.interrupted, windowClosed(window, () => performance.now())])
    window.kill()
    await running.close()
    return EXIT.ok
  },
}
