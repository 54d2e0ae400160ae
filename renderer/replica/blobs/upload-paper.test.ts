// Sending a paper to a hub that answers by a script: what is retried, what is not, and what people are told meanwhile.
import { describe, expect, it } from 'vitest'
import { MAX_BLOB_BYTES, PART_BYTES, cut } from '../../../shared/blob/manifest.ts'
import { ok, refuse, type Result } from '../../../shared/refusal.ts'
import type { BlobApi } from './blob-api.ts'
import { FRUITLESS_ROUNDS, type Pacing } from './retry.ts'
import { uploadPaper, type TransferProgress } from './upload-paper.ts'

const bytes = Uint8Array.from({ length: 4 * PART_BYTES + 10 }, (_, at) => (at * 13 + (at >> 10) * 5 + (at >> 18)) & 255)
const made = cut(bytes)
if (!made.ok) throw new Error(made.code)
const manifest = made.value
const admitted = { sha256: manifest.sha256, size: bytes.length, pages: 2, title: null }
const pacing: Pacing = { wait: async () => {}, random: () => 0 }
const live = new AbortController().signal

/** A hub in memory; `put` and `commit` may be scripted to fail. */
function hub(script: { put?: (n: number) => Result<null>; commit?: (n: number) => Result<typeof admitted> } = {}) {
  const held = new Map<string, Uint8Array>()
  const calls = { missing: 0, put: 0, commit: 0 }
  const unused = () => Promise.reject(new Error('not part of sending'))
  const api: BlobApi = {
    missing: async (parts) => {
      calls.missing += 1
      return ok(parts.filter((hash) => !held.has(hash)))
    },
    putPart: async (hash, part) => {
      calls.put += 1
      const result = script.put?.(calls.put) ?? ok(null)
      if (result.ok) held.set(hash, part)
      return result
    },
    commit: async () => {
      calls.commit += 1
      return script.commit?.(calls.commit) ?? ok(admitted)
    },
    manifest: unused,
    part: unused,
  }
  return { api, held, calls }
}

const send = (api: BlobApi, onProgress: (progress: TransferProgress) => void = () => {}, file = new Blob([bytes])) =>
  uploadPaper(file, api, onProgress, live, pacing)

describe('uploadPaper', () => {
  it('sends every part once, and reports in order', async () => {
    const { api, held, calls } = hub()
    const seen: TransferProgress[] = []
    expect(await send(api, (progress) => seen.push(progress))).toEqual(ok(admitted))
    expect([...held.keys()].toSorted()).toEqual([...manifest.parts].toSorted())
    expect(Buffer.concat(manifest.parts.map((hash) => held.get(hash)!)).equals(bytes)).toBe(true)
    expect(calls).toMatchObject({ missing: 1 })
    const phases = seen.map((each) => each.phase)
    expect(phases.filter((phase, at) => phase !== phases[at - 1])).toEqual(['reading', 'moving', 'checking'])
    for (const [at, each] of seen.entries()) {
      expect(each.done).toBeLessThanOrEqual(each.total)
      if (seen[at - 1]?.phase === each.phase) expect(each.done).toBeGreaterThanOrEqual(seen[at - 1]!.done)
    }
  })

  it('asks again after a broken line, and sends only the rest', async () => {
    const { api, calls } = hub({ put: (n) => (n === 3 || n === 5 ? refuse('hub-unavailable') : ok(null)) })
    expect(await send(api)).toEqual(ok(admitted))
    expect(calls.put).toBe(manifest.parts.length + 2)
    expect(calls.missing).toBeGreaterThan(1)
  })

  it.each(['storage-full', 'forbidden', 'session-ended'] as const)('stops at %s', async (code) => {
    const { api, calls } = hub({ put: (n) => (n > 1 ? refuse(code) : ok(null)) })
    expect(await send(api)).toEqual(refuse(code))
    expect(calls.missing).toBe(1)
  })

  it('sends again what the hub lost before the commit', async () => {
    const { api, held, calls } = hub({
      commit: (n) => {
        if (n > 1) return ok(admitted)
        held.delete(manifest.parts[1]!)
        return refuse('part-missing')
      },
    })
    expect(await send(api)).toEqual(ok(admitted))
    expect(calls.put).toBe(manifest.parts.length + 1)
  })

  it('gives up on a hub that takes parts and forgets them', async () => {
    const { api, held, calls } = hub({
      commit: () => {
        held.clear()
        return refuse('part-missing')
      },
    })
    expect(await send(api)).toEqual(refuse('part-missing'))
    expect(calls.commit).toBeLessThanOrEqual(FRUITLESS_ROUNDS + 2)
  })

  it('says what is wrong with the file before anything travels', async () => {
    const { api, calls } = hub()
    expect(await send(api, undefined, new Blob([]))).toEqual(refuse('paper-not-pdf'))
    const huge = { size: MAX_BLOB_BYTES + 1, slice: () => new Blob() } as unknown as Blob
    expect(await send(api, undefined, huge)).toEqual(refuse('paper-too-large'))
    const vanished = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) }
    expect(await send(api, undefined, vanished as unknown as Blob)).toEqual(refuse('paper-truncated'))
    expect(calls).toEqual({ missing: 0, put: 0, commit: 0 })
  })

  it('ends with the reason of the one who stopped it', async () => {
    const abort = new AbortController()
    const { api } = hub()
    const stopped = uploadPaper(new Blob([bytes]), api, () => abort.abort(new Error('cancelled')), abort.signal, pacing)
    await expect(stopped).rejects.toThrow('cancelled')
  })
})
