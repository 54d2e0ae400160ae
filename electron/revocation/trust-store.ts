// Whom this machine trusts: the signed bundle that an administrator put in, or the one that came with the application.
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import {
  MAX_BUNDLE_CHARACTERS,
  openTrustBundle,
  type OpenedBundle,
  type TrustBundle,
  type TrustBundleFault,
} from '../../shared/pki/trust-bundle.ts'
import { writeDurably } from './durable-file.ts'

export interface TrustTerms {
  /** DER of the SubjectPublicKeyInfos whose signatures count. */
  readonly pinnedKeys: readonly Uint8Array[]
  readonly crypto: PkiCrypto
  /** ms since 1970 */
  readonly now: () => number
  /** The bundle that came with the application; null: none. */
  readonly shipped: string | null
}

export interface CurrentTrust {
  /** Null: nobody is trusted. */
  readonly bundle: TrustBundle | null
  /** Where the bundle of the folder stands aside, why. */
  readonly fault: TrustBundleFault | null
}

const CURRENT = 'bundle.json'
const NEWEST = 'newest.json'
const OLD = /^bundle-\d+\.json$/
/** Enough to see what was trusted when an old paper was judged, and to go back by hand after a bad bundle. */
const KEPT_OLD = 8
/** UTF-8 has at most three bytes for each unit of a string. */
const MAX_BUNDLE_BYTES = MAX_BUNDLE_CHARACTERS * 3

const newestSchema = z.object({ issuedAt: z.number().int().nonnegative() })

/**
 * One folder: `bundle.json`, the older ones as `bundle-<issuedAt>.json`, and the date of the newest that was ever accepted, so that
 * an old bundle put into the folder by hand is refused (`rollback`). One process writes it at a time.
 */
export class TrustStore {
  readonly #folder: string
  readonly #terms: TrustTerms

  constructor(folder: string, terms: TrustTerms) {
    this.#folder = folder
    this.#terms = terms
  }

  /** Judged anew at each call, because bundles run out. The newer of the folder's and the application's counts. @throws what the disk says */
  async current(): Promise<CurrentTrust> {
    const [text, newest] = await Promise.all([this.#stored(), this.#newest()])
    const stored = text === null ? null : await this.#judge(text, newest)
    const shipped = this.#terms.shipped === null ? null : await this.#judge(this.#terms.shipped, newest)
    const usable = [stored, shipped].flatMap((one) => (one?.ok === true ? [one.bundle] : []))
    const bundle = usable.toSorted((one, other) => other.issuedAt - one.issuedAt)[0] ?? null
    const fault = stored?.ok === false ? stored.fault : null
    return { bundle, fault: fault ?? (bundle === null && shipped?.ok === false ? shipped.fault : null) }
  }

  /**
   * Puts another bundle in the place of the current one, which stays beside it. A refused bundle changes nothing.
   * @throws what the disk says; then the old one or the new one counts, never none
   */
  async replace(text: string): Promise<OpenedBundle> {
    const [old, newest] = await Promise.all([this.#stored(), this.#newest()])
    const opened = await this.#judge(text, newest)
    if (!opened.ok) return opened
    if (old !== null && old !== text) await this.#keep(old)
    // The bundle first: a crash in between must not leave a date that refuses the bundle beside it.
    await this.#write(CURRENT, text)
    await this.#write(NEWEST, JSON.stringify({ issuedAt: Math.max(opened.bundle.issuedAt, newest ?? 0) }))
    await this.#dropOldest()
    return opened
  }

  #judge(text: string, newest: number | null): Promise<OpenedBundle> {
    const { pinnedKeys, crypto, now } = this.#terms
    return openTrustBundle(text, { pinnedKeys, at: now(), newest }, crypto)
  }

  #write(name: string, text: string): Promise<void> {
    return writeDurably(join(this.#folder, name), Buffer.from(text))
  }

  async #stored(): Promise<string | null> {
    const file = join(this.#folder, CURRENT)
    const size = await orNull(stat(file).then((found) => found.size))
    // Too large to be read is no bundle: the reader says `malformed` to nothing at all, too.
    if (size === null || size > MAX_BUNDLE_BYTES) return size === null ? null : ''
    return await orNull(readFile(file, 'utf8'))
  }

  async #newest(): Promise<number | null> {
    const text = await orNull(readFile(join(this.#folder, NEWEST), 'utf8'))
    if (text === null) return null
    try {
      return newestSchema.parse(JSON.parse(text)).issuedAt
    } catch {
      return null
    }
  }

  /** Under the date it claims, valid or not: it is for people to look at. */
  async #keep(text: string): Promise<void> {
    const claimed = /"issuedAt"\s*:\s*"([^"]{1,40})"/.exec(text)?.[1] ?? ''
    const issuedAt = Date.parse(claimed)
    await this.#write(`bundle-${Number.isNaN(issuedAt) ? 0 : issuedAt}.json`, text)
  }

  async #dropOldest(): Promise<void> {
    const old = (await readdir(this.#folder)).filter((name) => OLD.test(name))
    const byAge = old.toSorted((one, other) => dateOf(other) - dateOf(one))
    for (const name of byAge.slice(KEPT_OLD)) await rm(join(this.#folder, name), { force: true })
  }
}

function dateOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0)
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
