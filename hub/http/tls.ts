// The certificate of a hub that serves tablets on the office network: browsers give signing keys to pages over https only.
import { readFileSync } from 'node:fs'
import type { HubOptions } from '../start-contract.ts'

/** @throws when a file is missing: a hub must not fall back to plain HTTP silently */
export function readTls(files: NonNullable<HubOptions['tls']>): {
  readonly key: Buffer
  readonly cert: Buffer
  readonly minVersion: 'TLSv1.2'
} {
  return { key: readFileSync(files.keyFile), cert: readFileSync(files.certFile), minVersion: 'TLSv1.2' }
}
