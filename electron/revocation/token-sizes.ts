// How long each service's timestamps have been so far, so that the next signature reserves the right space at once.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeWholeFile } from '../bridge/whole-file.ts'
import { shownAddress } from './http-types.ts'
import type { TimestampService } from './tsa-client.ts'

const sizesSchema = z.record(
  z.string(),
  z
    .number()
    .int()
    .positive()
    .max(1024 * 1024),
)

/** Space for a service that was never asked: chains with three RSA certificates stay below. */
export const UNKNOWN_TOKEN_BYTES = 8 * 1024
/** Serial numbers, times and ECDSA signatures differ by some bytes from token to token. */
const MARGIN_BYTES = 256

export class TokenSizes {
  readonly #file: string
  readonly #sizes: Map<string, number>

  private constructor(file: string, sizes: Map<string, number>) {
    this.#file = file
    this.#sizes = sizes
  }

  /** A file that is missing or unreadable is an empty memory: it only costs a second try. */
  static async open(file: string): Promise<TokenSizes> {
    const text = await readFile(file, 'utf8').catch(() => '{}')
    return new TokenSizes(file, new Map(Object.entries(parse(text))))
  }

  /** What to reserve when any of these may answer. */
  reserve(services: readonly TimestampService[]): number {
    return Math.max(...services.map(({ url }) => this.#expected(shownAddress(url))), 0)
  }

  #expected(address: string): number {
    const known = this.#sizes.get(address)
    return known === undefined ? UNKNOWN_TOKEN_BYTES : known + MARGIN_BYTES
  }

  /** Keeps the largest. @throws what the disk says */
  async note(url: string, bytes: number): Promise<void> {
    const address = shownAddress(url)
    if (bytes <= (this.#sizes.get(address) ?? 0)) return
    this.#sizes.set(address, bytes)
    await writeWholeFile(this.#file, Buffer.from(JSON.stringify(Object.fromEntries(this.#sizes))))
  }
}

function parse(text: string): Record<string, number> {
  try {
    return sizesSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}
