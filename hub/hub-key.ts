// The hub's own key pair: with it the hub signs the founding of the organisation. Kept beside the ledger, readable by the hub's account only.
import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { bytesToSign, type Act, type UnsignedAct } from '../shared/ledger/act.ts'
import { publicKeySchema, type PublicKey } from '../shared/org/acts.ts'

export interface HubKey {
  readonly publicKey: PublicKey
  sign(act: UnsignedAct): Act
}

/** Reads the key of a data folder, or makes one. The folder must exist. */
export function loadHubKey(dataFolder: string): HubKey {
  const file = join(dataFolder, 'hub-key.json')
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(file, JSON.stringify(privateKey.export({ format: 'jwk' })), { mode: 0o600, flag: 'wx' })
  }
  const jwk = publicKeySchema.extend({ d: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')))
  const { d: _private, ...publicKey } = jwk
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  return { publicKey, sign: (act) => ({ ...act, signature: signatureOf(privateKey, act) }) }
}

function signatureOf(key: KeyObject, act: UnsignedAct): string {
  return sign('sha256', bytesToSign(act), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}
