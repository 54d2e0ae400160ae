// The tables behind the paper cache: manifests readable, the parts of papers sealed under their own names.
import { parseManifest } from '../../shared/blob/manifest.ts'
import type { BlobTables } from './blobs/blob-tables.ts'
import type { Replica } from './database.ts'

/** Papers can be fetched again, so they are written with relaxed durability; each part is checked by its hash when it is read. */
export function createBlobTables({ relaxed, cipher }: Replica): BlobTables {
  const placeOf = (hash: string) => `part/${hash}`
  return {
    getManifest: async (sha256) => {
      const row = await relaxed.blob.get(sha256)
      const parsed = row === undefined ? null : parseManifest(row.manifest)
      return parsed?.ok === true ? parsed.value : null
    },
    putManifest: async (manifest) => {
      await relaxed.blob.put({ sha256: manifest.sha256, manifest })
    },
    getPart: async (hash) => {
      const row = await relaxed.blobPart.get(hash)
      return row === undefined ? null : cipher.open(row.bytes, placeOf(hash))
    },
    putPart: async (hash, bytes) => {
      await relaxed.blobPart.put({ hash, bytes: await cipher.seal(bytes, placeOf(hash)) })
    },
    hasParts: async (hashes) => {
      const found = await relaxed.blobPart
        .where('hash')
        .anyOf([...hashes])
        .primaryKeys()
      return new Set(found)
    },
    deletePart: (hash) => relaxed.blobPart.delete(hash),
    deletePartsNotIn: async (hashes) => {
      const all = await relaxed.blobPart.toCollection().primaryKeys()
      await relaxed.blobPart.bulkDelete(all.filter((hash) => !hashes.has(hash)))
    },
    deleteManifestsNotIn: async (sha256s) => {
      const all = await relaxed.blob.toCollection().primaryKeys()
      await relaxed.blob.bulkDelete(all.filter((sha256) => !sha256s.has(sha256)))
    },
  }
}
