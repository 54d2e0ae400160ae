// `tra-my ledger verify`: has a byte of the ledger been changed, and where. The hub may be running meanwhile.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { bothLanguages, type TextKey } from '../../texts/texts.ts'
import { EXIT, textOption, type Command, type Terminal } from '../command.ts'
import { DEFAULT_DATA } from '../own-hub.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Exit code of the checking process where there is no ledger. */
const NO_LEDGER = 2

const reportSchema = z.union([
  z.object({ ok: z.literal(true), stream: z.string(), entries: z.number(), head: z.string() }),
  z.object({
    ok: z.literal(false),
    stream: z.string(),
    seq: z.number(),
    fault: z.enum(['hash', 'link', 'sequence', 'content', 'signature', 'unreadable']),
  }),
])

export const ledgerVerify: Command = {
  name: 'ledger verify',
  summary: 'ledger.summary',
  options: { data: { type: 'string' } },
  optionHelp: { data: 'hub.data' },
  run: async (values, terminal) => {
    const code = await check(resolve(textOption(values, 'data') ?? DEFAULT_DATA), terminal)
    if (code === NO_LEDGER) terminal.complain(bothLanguages('ledger.none'))
    else if (code === 0) terminal.line(bothLanguages('ledger.intact'))
    else terminal.complain(bothLanguages('ledger.broken'))
    return code === 0 ? EXIT.ok : EXIT.failed
  },
}

/** The reading of the store belongs to the hub's side, so the hub's own program does it. */
async function check(dataFolder: string, terminal: Terminal): Promise<number> {
  const built = join(ROOT, 'dist/hub/check.worker.js')
  const program = existsSync(built) ? built : join(ROOT, 'hub/ledger/check.worker.ts')
  const child = spawn(process.execPath, [program, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number>((done) => child.on('close', (code) => done(code ?? 1)))
  for await (const line of createInterface({ input: child.stdout })) {
    const report = reportSchema.parse(JSON.parse(line))
    if (report.ok) terminal.line(`✓ ${report.stream}  ${report.entries}  ${report.head}`)
    else
      terminal.complain(
        `✗ ${report.stream}  #${report.seq}  ${bothLanguages(`ledger.fault.${report.fault}` satisfies TextKey)}`,
      )
  }
  return await ended
}
