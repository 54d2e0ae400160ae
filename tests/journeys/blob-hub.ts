// A hub that only moves papers, for the blob journeys and the bench: real store, real admission, real sockets.
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { createAdmission } from '../../hub/blobs/admission.ts'
import { openBlobStore, type BlobStore } from '../../hub/blobs/blob-store.ts'
import { registerBlobRoutes } from '../../hub/blobs/routes.ts'
import { createBlobApi, type BlobApi } from '../../renderer/replica/blobs/blob-api.ts'
import type { BlobTables } from '../../renderer/replica/blobs/blob-tables.ts'
import type { BlobManifest } from '../../shared/blob/manifest.ts'
import { ok, refuse } from '../../shared/refusal.ts'

export interface BlobHub {
  readonly port: number
  readonly store: BlobStore
  /** Puts a paper into a meeting of this person. */
  invite(person: string, sha256: string): void
  close(): Promise<void>
}

/** Persons whose name begins with "thu-ky" prepare meetings. `readers` outlives a restart, as the hub's database does. */
export async function startBlobHub(folder: string, readers = new Set<string>(), port = 0): Promise<BlobHub> {
  const store = await openBlobStore(folder)
  const admission = createAdmission()
  const app = Fastify({ forceCloseConnections: true })
  registerBlobRoutes(app, {
    store,
    admission,
    authenticate: ({ headers }) =>
      typeof headers['x-person'] === 'string' ? ok({ personId: headers['x-person'] }) : refuse('not-logged-in'),
    mayUpload: (person) => person.startsWith('thu-ky'),
    mayRead: (person, sha256) => readers.has(`${person} ${sha256}`),
    recordUpload: (person, sha256) => void readers.add(`${person} ${sha256}`),
  })
  await app.listen({ host: '127.0.0.1', port })
  return {
    port: (app.server.address() as AddressInfo).port,
    store,
    invite: (person, sha256) => void readers.add(`${person} ${sha256}`),
    async close() {
      await app.close()
      await admission.close()
    },
  }
}

/** The device of one person on this line. */
export function deviceOf(person: string, url: string): BlobApi {
  return createBlobApi((path, init) =>
    fetch(url + path, { ...init, headers: { ...(init.headers as Record<string, string>), 'x-person': person } }),
  )
}

/** Tables in memory that hold what they are given. */
export function memoryTables(): BlobTables & { readonly parts: Map<string, Uint8Array> } {
  const manifests = new Map<string, BlobManifest>()
  const parts = new Map<string, Uint8Array>()
  return {
    parts,
    getManifest: async (sha256) => manifests.get(sha256) ?? null,
    putManifest: async (manifest) => void manifests.set(manifest.sha256, manifest),
    getPart: async (hash) => parts.get(hash) ?? null,
    putPart: async (hash, bytes) => void parts.set(hash, bytes),
    hasParts: async (hashes) => new Set(hashes.filter((hash) => parts.has(hash))),
    deletePart: async (hash) => void parts.delete(hash),
    deletePartsNotIn: async (hashes) => {
      for (const hash of parts.keys()) if (!hashes.has(hash)) parts.delete(hash)
    },
    deleteManifestsNotIn: async (sha256s) => {
      for (const sha256 of manifests.keys()) if (!sha256s.has(sha256)) manifests.delete(sha256)
    },
  }
}

/** Numbers from 0 up to but not including 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Bytes that no compression and no accident makes equal, the same for the same seed. */
export function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length)
  let block = createHash('sha512').update(String(seed)).digest()
  for (let at = 0; at < length; at += block.length) {
    block = createHash('sha512').update(block).digest()
    block.copy(bytes, at)
  }
  return bytes
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
