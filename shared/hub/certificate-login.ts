// What a person's signing device signs to log in: one sentence for machines, bound to the hub, to the moment and to the device.
import { utf8ToBytes } from '@noble/hashes/utils.js'

export interface LoginStatement {
  /** Host and port of the hub as the client sees it: a hub in between cannot pass a signature on to the real one. */
  readonly host: string
  /** 32 random bytes of the hub in base64url, good for one login. */
  readonly challenge: string
  readonly deviceId: string
}

/**
 * The bytes to sign. They begin with text, never with a DER tag, so that a signature made for a login can stand under no document:
 * what a document signature signs is a SET OF attributes and begins with 0x31.
 */
export function loginStatement({ host, challenge, deviceId }: LoginStatement): Uint8Array {
  return utf8ToBytes(['tra-my login 1', host.toLowerCase(), challenge, deviceId, ''].join('\n'))
}
