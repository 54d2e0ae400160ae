// The loopback agent that signs: the desk of this machine behind it, and the PIN window on its own origin.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SigningDesk } from '../signing-desk/desk.ts'
import { deskOfThisMachine, documentFace } from '../signing-desk/this-machine.ts'
import type { SigningClient } from '../signing/client.ts'
import { nodeSigningChild } from '../signing/signing-child.ts'
import { agentHandlers } from './agent-handlers.ts'
import { createConfirmPages } from './confirm-pages.ts'
import { startAgent, type Agent } from './server.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCE_ENTRY = join(ROOT, 'electron/signing/signing-process.ts')

export interface DeskAgentOptions {
  readonly hubUrl: string
  readonly version: string
  readonly open: (url: string) => Promise<void>
  readonly onFault: (fault: string) => void
  /** Where answers about revocation are kept. */
  readonly cacheFolder: string
  /** Instead of the drivers of this machine. */
  readonly client?: SigningClient
  /** Folder of what was built. */
  readonly dist?: string
  /** Monotonic milliseconds. */
  readonly now?: () => number
}

/** Without a built PIN page it signs nothing and says so: `not-offered`. */
export async function startDeskAgent(options: DeskAgentOptions): Promise<Agent> {
  const { hubUrl, version, open, onFault, dist = join(ROOT, 'dist'), now = () => performance.now() } = options
  const common = { allowedOrigins: [new URL(hubUrl).origin], now, onFault }
  const page = join(dist, 'confirm')
  if (!existsSync(join(page, 'index.html')))
    return await startAgent({ ...common, handlers: agentHandlers({ hubUrl, version, open }) })
  const confirm = createConfirmPages(page)
  const desk = await openDesk(options, dist, confirm.ask)
  const agent = await startAgent({
    ...common,
    confirm,
    handlers: agentHandlers({ hubUrl, version, open, signing: desk.handlers }),
  })
  return {
    ...agent,
    close: async () => {
      await Promise.all([agent.close(), desk.close()])
    },
  }
}

function openDesk(
  { client, cacheFolder, onFault }: DeskAgentOptions,
  dist: string,
  ask: Parameters<typeof deskOfThisMachine>[0]['ask'],
): Promise<SigningDesk> {
  const built = join(dist, 'electron/signing-process.js')
  return deskOfThisMachine({
    ...{ ask, cacheFolder },
    ...(client === undefined ? {} : { client }),
    spawn: nodeSigningChild(existsSync(built) ? built : SOURCE_ENTRY),
    face: documentFace(join(dist, 'electron')),
    onFault: (error) => onFault(`signing: ${error}`),
  })
}
