// What each call of the bridge does on loopback. Windows, files and printing are the page's own: its browser can do them, and asking
// the agent would only widen what a stolen secret could do.
import { bridgeFail, bridgeOk, type BridgeFailure } from '../../shared/desktop/bridge.ts'
import type { BridgeHandlers } from '../bridge/answer.ts'
import { openLink } from '../bridge/open-link.ts'
import { bridgePlatform } from '../bridge/platform.ts'
import type { DeskHandlers } from '../signing-desk/desk.ts'

export interface AgentParts {
  readonly hubUrl: string
  readonly version: string
  /** Hands a checked https address to the system's browser. */
  readonly open: (url: string) => Promise<void>
  /** Absent: this agent signs nothing. */
  readonly signing?: DeskHandlers
}

const refuse = (code: BridgeFailure) => () => Promise.resolve(bridgeFail(code))

const NO_SIGNING: DeskHandlers = {
  'signing.devices': refuse('not-offered'),
  'signing.start': refuse('not-offered'),
  'signing.state': refuse('not-offered'),
  'signing.result': refuse('not-offered'),
  'signing.resume': refuse('not-offered'),
  'signing.cancel': refuse('not-offered'),
  'signing.raise': refuse('not-offered'),
}

export function agentHandlers({ hubUrl, version, open, signing = NO_SIGNING }: AgentParts): BridgeHandlers<null> {
  return {
    'app.info': () =>
      Promise.resolve(
        bridgeOk({ hubUrl, version, platform: bridgePlatform(process.platform), shell: 'agent' as const }),
      ),
    // Plain Node reaches no keyring: the page protects its key with the person's password.
    'vault.read': refuse('no-keyring'),
    'vault.write': refuse('no-keyring'),
    'vault.clear': refuse('no-keyring'),
    'sharedScreen.open': refuse('not-offered'),
    'sharedScreen.close': refuse('not-offered'),
    'link.open': async ({ url }) => ((await openLink(url, open)) ? bridgeOk({}) : bridgeFail('link-refused')),
    'file.save': refuse('not-offered'),
    'window.print': refuse('not-offered'),
    ...signing,
  }
}
