// The bridge between a page and the desktop around it: its channels, failure codes and types. Free of zod, so that the preload stays one small file.
import type { BridgeRequest, BridgeResponse } from './contract.ts'

/** The name under which the preload puts the bridge on `window`. */
export const BRIDGE_KEY = 'traMy'

export const BRIDGE_CHANNELS = [
  'app.info',
  'vault.read',
  'vault.write',
  'vault.clear',
  'sharedScreen.open',
  'sharedScreen.close',
  'link.open',
  'file.save',
  'window.print',
  'signing.devices',
  'signing.start',
  'signing.state',
  'signing.result',
  'signing.resume',
  'signing.cancel',
  'signing.raise',
] as const

/** Between the PIN window of Electron and its desktop process; no other page is answered. */
export const CONFIRM_CHANNELS = { read: 'confirm.read', answer: 'confirm.answer' } as const

export type BridgeChannel = (typeof BRIDGE_CHANNELS)[number]

/** Why a call was not done: a closed set, so that each has a sentence on the screen. */
export const BRIDGE_FAILURES = [
  // the caller is not our own page
  'forbidden',
  'invalid-request',
  'unknown-channel',
  // the system offers no protected place for a secret; the page then protects its key with the person's password
  'no-keyring',
  // the keyring was reset or the file is damaged: what was kept is lost
  'vault-unreadable',
  'link-refused',
  'save-failed',
  // this shell leaves the call to the page, which can do it itself
  'not-offered',
  'agent-unreachable',
  'not-paired',
  // more than this shell carries in one call
  'too-large',
  // signing: the batch is over and forgotten, or never was
  'batch-unknown',
  // four batches are open already
  'batches-full',
  // what was asked for does not go with where the batch stands: a result before the signature, a second window
  'batch-not-ready',
  // the token or the certificate that was chosen is not there (any more)
  'token-absent',
  'certificate-not-found',
  'failed',
] as const

export type BridgeFailure = (typeof BRIDGE_FAILURES)[number]

/** Failures cross the bridge as data: Electron drops the fields of thrown errors. */
export type BridgeResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: BridgeFailure }

/** What a page gets: `window.traMy` in Electron, the paired agent in a browser. Never rejects. */
export interface Bridge {
  call<C extends BridgeChannel>(channel: C, request: BridgeRequest<C>): Promise<BridgeResult<BridgeResponse<C>>>
}

export function isBridgeChannel(value: unknown): value is BridgeChannel {
  return (BRIDGE_CHANNELS as readonly unknown[]).includes(value)
}

export function bridgeOk<T>(value: T): BridgeResult<T> {
  return { ok: true, value }
}

export function bridgeFail(code: BridgeFailure): { readonly ok: false; readonly code: BridgeFailure } {
  return { ok: false, code }
}
