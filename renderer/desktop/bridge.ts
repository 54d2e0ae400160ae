// The bridge to whatever is around this page: Electron, the loopback agent of this machine, or nothing but a browser.
import { BRIDGE_KEY, type Bridge } from '../../shared/desktop/bridge.ts'
import { connectAgent } from './agent-client.ts'

/** In Electron the preload has put it there before any script of the page ran. */
type InElectron = Window & { readonly [BRIDGE_KEY]?: Bridge }

let connecting: Promise<Bridge | null> | undefined

/** Connects once a page; ask before the router reads the address, which may hold a pairing code. @returns null in a plain browser */
export function connectBridge(): Promise<Bridge | null> {
  const { [BRIDGE_KEY]: own } = window as InElectron
  connecting ??= own === undefined ? connectAgent() : Promise.resolve(own)
  return connecting
}
