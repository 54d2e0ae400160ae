// Keeps OCSP answers and revocation lists on the disk until they run out. What comes out is judged anew: the folder is not trusted.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWholeFile } from '../bridge/whole-file.ts'
import { MAX_CRL_BYTES } from '../../shared/pki/crl.ts'

export interface EvidenceCache {
  /** Null: nothing kept, or it ran out. Never rejects. */
  get(key: string, now: number): Promise<Uint8Array | null>
  /** A cache that cannot write is only slow. Never rejects. */
  put(key: string, bytes: Uint8Array, expires: number, now: number): Promise<void>
}

export const NO_CACHE: EvidenceCache = {
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
}

/** The lists of all national authorities together have some ten megabytes. */
const CACHE_BYTES = 128 * 1024 * 1024
const SUFFIX = '.evidence'

/**
 * One file per key, named by the key's hash; the file's time is when the evidence runs out, so that tidying up needs
 * nothing else.
 * @param folder made when it is first written to; its files are the cache's alone
 */
export function evidenceCache(folder: string, maxBytes = CACHE_BYTES): EvidenceCache {
  const fileOf = (key: string) => join(folder, createHash('sha256').update(key).digest('hex') + SUFFIX)

  return {
    async get(key, now) {
      const file = fileOf(key)
      try {
        const { mtimeMs, size } = await stat(file)
        return mtimeMs < now || size > MAX_CRL_BYTES ? null : new Uint8Array(await readFile(file))
      } catch {
        return null
      }
    },

    async put(key, bytes, expires, now) {
      if (bytes.length > maxBytes || expires <= now) return
      const file = fileOf(key)
      try {
        await mkdir(folder, { recursive: true })
        await writeWholeFile(file, bytes, 0o600)
        await utimes(file, new Date(expires), new Date(expires))
        await tidy(folder, maxBytes, now)
      } catch {
        // A full disk or a read-only profile: the evidence is in hand already.
      }
    },
  }
}

/** Takes away what ran out, then what runs out first, until the rest fits. */
async function tidy(folder: string, maxBytes: number, now: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX))
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const { mtimeMs, size } = await stat(file)
      return { file, expires: mtimeMs, size }
    }),
  )
  let total = files.reduce((sum, { size }) => sum + size, 0)
  for (const { file, expires, size } of files.toSorted((one, other) => one.expires - other.expires)) {
    if (expires >= now && total <= maxBytes) return
    await rm(file, { force: true })
    total -= size
  }
}
