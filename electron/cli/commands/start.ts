// `tra-my start`, and `npm start`: the application on this machine, by Electron where it can be had, otherwise in the system's Chromium.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { SAMPLE_ACCOUNTS } from '../../../shared/sample/accounts.ts'
import { findChromium, thisMachine } from '../../agent/system-browser.ts'
import { bothLanguages, english, vietnamese } from '../../texts/texts.ts'
import { EXIT, portOption, textOption, type Command, type ExitCode, type Terminal } from '../command.ts'
import { isRoot, openPairedWindow, runAgent, windowClosed } from '../own-agent.ts'
import { DEFAULT_DATA, DEFAULT_PORT, isPortFree, runHub, type OwnHub } from '../own-hub.ts'
import { accountTable } from '../start/account-table.ts'
import { hasDisplay } from '../start/display.ts'
import { electronProgram } from '../start/electron-binary.ts'

const ROOT = join(import.meta.dirname, '../../..')
const HOST = '127.0.0.1'

export const start: Command = {
  name: 'start',
  summary: 'start.summary',
  options: { 'no-open': { type: 'boolean' }, data: { type: 'string' }, port: { type: 'string' } },
  optionHelp: { 'no-open': 'start.noOpen', data: 'start.data', port: 'start.port' },
  run: async (values, terminal) => {
    const port = portOption(values, 'port', DEFAULT_PORT)
    if (port === undefined) {
      terminal.complain(bothLanguages('cli.badPort'))
      return EXIT.usage
    }
    const data = textOption(values, 'data')
    const shown = values['no-open'] !== true && hasDisplay(process.platform, process.env)
    if (shown && !isRoot()) {
      const program = await electronProgram(() => terminal.line(bothLanguages('start.electronFetching')))
      if (program !== null) return runElectron(program, data, terminal)
    }
    return runInBrowser({ data: data ?? DEFAULT_DATA, port, shown, asked: values['no-open'] === true }, terminal)
  },
}

async function runElectron(program: string, data: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const args = data === undefined ? [ROOT] : [ROOT, `--user-data-dir=${resolve(data)}`]
  const child = spawn(program, args, { stdio: 'inherit' })
  void terminal.interrupted.then(() => child.kill('SIGTERM'))
  const code = await new Promise<number | null>((ended) => {
    child.once('exit', ended)
    child.once('error', () => ended(null))
  })
  return code === 0 ? EXIT.ok : EXIT.failed
}

interface BrowserRun {
  readonly data: string
  readonly port: number
  /** There is a display, and nobody asked for none. */
  readonly shown: boolean
  /** `--no-open`: no reason needs to be given. */
  readonly asked: boolean
}

async function runInBrowser(run: BrowserRun, terminal: Terminal): Promise<ExitCode> {
  const chromium = run.shown ? findChromium(thisMachine()) : null
  if (!run.asked) terminal.line(bothLanguages(reason(run.shown, chromium !== null)))
  const free = run.port === 0 || (await isPortFree(run.port, HOST))
  if (!free) terminal.line(bothLanguages('start.portBusy'))
  const dataFolder = join(resolve(run.data), 'hub')
  const hub = await runHub({ dataFolder, host: HOST, port: free ? run.port : 0, sampleCommune: true })
  if (hub === null) {
    terminal.complain(bothLanguages('cli.hubFailed'))
    return EXIT.failed
  }
  try {
    printAddress(hub, terminal)
    if (chromium === null) await terminal.interrupted
    else await untilClosed(chromium, hub.url, run.data, terminal)
  } finally {
    await hub.stop()
  }
  return EXIT.ok
}

function reason(shown: boolean, hasChromium: boolean): Parameters<typeof bothLanguages>[0] {
  if (!shown) return 'start.noDisplay'
  if (!hasChromium) return 'start.noChromium'
  return isRoot() ? 'start.electronAsRoot' : 'start.electronMissing'
}

async function untilClosed(chromium: string, hubUrl: string, data: string, terminal: Terminal): Promise<void> {
  const agent = await runAgent(hubUrl, data, terminal)
  const window = openPairedWindow(chromium, hubUrl, agent, data)
  await Promise.race([terminal.interrupted, windowClosed(window, () => performance.now())])
  window.kill()
  await agent.close()
}

function printAddress(hub: OwnHub, terminal: Terminal): void {
  terminal.line(`\n${vietnamese('start.address')} / ${english('start.address')} ${hub.url}`)
  terminal.line(`\n${vietnamese('start.accounts')} / ${english('start.accounts')}\n${accountTable(SAMPLE_ACCOUNTS)}\n`)
  terminal.line(bothLanguages('cli.stopHint'))
}
