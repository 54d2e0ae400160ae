// Who has shown that he holds which part: a known hash alone must never give anyone the bytes of somebody else's paper.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { isDiskFull, orNull, type FileSystem } from './durable-file.ts'

/**
 * Without this, whoever knows the hash of a paper of one part (hashes stand in boards and in the ledger) could commit a
 * manifest without sending a byte, become its uploader and read it. So a part counts as "already here" only for a person
 * who sent it or may read a paper that contains it. A claim is an empty file and not fsynced: a lost one costs that the
 * part is sent again.
 */
export interface PartClaims {
  /** Refuses `storage-full` when even an empty file does not fit. */
  add(person: string, hash: string): Promise<Result<null>>
  /** Those of `hashes` that this person has sent. */
  held(person: string, hashes: readonly string[]): Promise<ReadonlySet<string>>
  /** After the paper is recorded, the right to read it takes the place of the claims. */
  release(person: string, hashes: readonly string[]): Promise<void>
  /** Forgets claims older than `before`. */
  collect(before: Date): Promise<void>
}

export function openPartClaims(files: FileSystem, folder: string): PartClaims {
  // A person's id never becomes a path.
  const folderOf = (person: string) => join(folder, createHash('sha256').update(person).digest('hex'))

  return {
    async add(person, hash) {
      try {
        await files.mkdir(folderOf(person), { recursive: true })
        const handle = await files.open(join(folderOf(person), hash), 'a', 0o600)
        await handle.close()
        return ok(null)
      } catch (error) {
        if (isDiskFull(error)) return refuse('storage-full')
        throw error
      }
    },

    async held(person, hashes) {
      const names = new Set((await orNull(files.readdir(folderOf(person)))) ?? [])
      return new Set(hashes.filter((hash) => names.has(hash)))
    },

    async release(person, hashes) {
      for (const hash of new Set(hashes)) await files.rm(join(folderOf(person), hash), { force: true })
    },

    async collect(before) {
      for (const person of (await orNull(files.readdir(folder))) ?? []) {
        for (const hash of await files.readdir(join(folder, person))) {
          const path = join(folder, person, hash)
          const found = await orNull(files.stat(path))
          if (found !== null && found.mtime < before) await files.rm(path, { force: true })
        }
      }
    },
  }
}
