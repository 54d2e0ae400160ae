// Where this person left a paper on this device: page and zoom, nothing of what the paper says.
import { z } from 'zod'
import type { ReaderMemory } from '../../../reader/pdf-reader.tsx'

const memorySchema = z.object({
  page: z.int().min(1),
  zoom: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fit-width') }),
    z.object({ kind: z.literal('fit-page') }),
    z.object({ kind: z.literal('factor'), factor: z.number().positive() }),
  ]),
})

const keyOf = (personId: string, sha256: string) => `tra-my.paper-place.${personId}.${sha256}`

/** Null where nothing, or nothing readable, is remembered. */
export function rememberedPlace(personId: string, sha256: string): ReaderMemory | null {
  try {
    const parsed = memorySchema.safeParse(JSON.parse(localStorage.getItem(keyOf(personId, sha256)) ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export function rememberPlace(personId: string, sha256: string, memory: ReaderMemory): void {
  try {
    localStorage.setItem(keyOf(personId, sha256), JSON.stringify(memory))
  } catch {
    // Full storage: the paper opens at its first page next time, which is harmless.
  }
}
