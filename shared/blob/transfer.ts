// The words of the blob routes: what the hub and a device say to each other while a paper travels.
import { z } from 'zod'
import { MAX_PARTS, Sha256Hex } from './manifest.ts'

/** How many parts travel at once: hides one round trip behind two others, and three on a weak line still finish one by one. */
export const PARALLEL_PARTS = 3

/** `POST /api/blobs/missing`: which of these parts must I send? */
export const MissingRequest = z.strictObject({ parts: z.array(Sha256Hex).min(1).max(MAX_PARTS).readonly() }).readonly()

export const MissingAnswer = z.strictObject({ missing: z.array(Sha256Hex).max(MAX_PARTS).readonly() }).readonly()

/** `POST /api/blobs`: all parts are with you; make them a paper. */
export const CommitRequest = z.strictObject({ manifest: z.unknown() }).readonly()

/** What the hub found the paper to be. */
export const AdmittedPaper = z
  .strictObject({
    sha256: Sha256Hex,
    /** Bytes. */
    size: z.int().min(1),
    pages: z.int().min(1),
    /** From the file's own properties; people may have left it empty. */
    title: z.string().nullable(),
  })
  .readonly()

export type AdmittedPaper = z.infer<typeof AdmittedPaper>

/** Addresses of the routes, so that both sides spell them once. */
export const BLOB_PATHS = {
  missing: '/api/blobs/missing',
  commit: '/api/blobs',
  upload: (hash: string) => `/api/blobs/parts/${hash}`,
  whole: (sha256: string) => `/api/blobs/${sha256}`,
  manifest: (sha256: string) => `/api/blobs/${sha256}/manifest`,
  part: (sha256: string, hash: string) => `/api/blobs/${sha256}/parts/${hash}`,
} as const
