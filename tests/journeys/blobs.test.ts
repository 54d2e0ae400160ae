// Papers over a line that is cut all the time: they arrive whole, little travels twice, and only who may read them does.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPaperCache } from '../../renderer/replica/blobs/paper-cache.ts'
import type { Pacing } from '../../renderer/replica/blobs/retry.ts'
import { uploadPaper } from '../../renderer/replica/blobs/upload-paper.ts'
import { PART_BYTES, cut } from '../../shared/blob/manifest.ts'
import { refuse } from '../../shared/refusal.ts'
import { deviceOf, memoryTables, noise, seededRandom, sha256Of, startBlobHub, type BlobHub } from './blob-hub.ts'
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts'
import { nextRevision, pdfOf } from './sample-pdf.ts'

const SEED = Number(process.env.TRA_MY_SEED ?? 20261122)
const NAMES = ['nghi-dinh-30-2020', ...[1, 2, 3, 4, 5, 6].map((n) => `phu-luc-${n}`)]
/** What one request weighs beside its part: headers both ways. */
const REQUEST_BYTES = 1024

const live = new AbortController().signal
const quiet = () => {}
const random = seededRandom(SEED)
/** The device's pauses, a hundred times shorter. */
const pacing: Pacing = { wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 100)), random }

let folder: string
let hub: BlobHub
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tra-my-blob-journey-'))
  hub = await startBlobHub(folder)
  open.push(hub)
})
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
  await rm(folder, { recursive: true, force: true })
})

async function line(lifetime: () => number): Promise<CuttingProxy> {
  const proxy = await startCuttingProxy(hub.port, lifetime)
  open.push(proxy)
  return proxy
}

const between = (low: number, high: number) => () => Math.floor(low + (high - low) * random())
const fileOf = (bytes: Buffer) => new Blob([new Uint8Array(bytes)])
const send = (bytes: Buffer, url: string, person = 'thu-ky') =>
  uploadPaper(fileOf(bytes), deviceOf(person, url), quiet, live, pacing)
const direct = () => `http://127.0.0.1:${hub.port}`
const get = (path: string, person: string, headers: Record<string, string> = {}) =>
  fetch(`${direct()}/api/blobs/${path}`, { headers: { 'x-person': person, ...headers } })

describe('a line that is cut', () => {
  it('brings 64 MB up and down, wasting at most one part a cut, and a new revision as one part', async () => {
    console.log(`seed ${SEED}`)
    const bad = await line(between(1 << 20, 8 << 20))
    const first = pdfOf(64 << 20, SEED)
    const uploaded = await send(first, bad.url)
    expect(uploaded).toEqual({
      ok: true,
      value: { sha256: sha256Of(first), size: first.length, pages: 1, title: null },
    })
    const { fromClients, cuts } = bad.counted
    const parts = Math.ceil(first.length / PART_BYTES)
    console.log(
      `64 MB up: ${cuts} cuts, ${((100 * (fromClients - first.length)) / first.length).toFixed(1)} % extra bytes`,
    )
    expect(cuts).toBeGreaterThan(5)
    // Per cut at most the part under way, its headers, and one question with all hashes (67 bytes each).
    const bound = cuts * (PART_BYTES + REQUEST_BYTES + 67 * parts) + 2 * (parts + 10) * REQUEST_BYTES
    expect(fromClients - first.length).toBeLessThan(bound)

    bad.reset()
    const second = nextRevision(first, 60_000, SEED + 1)
    expect((await send(second, bad.url)).ok).toBe(true)
    console.log(`60 kB appended: ${bad.counted.fromClients} bytes travelled, ${bad.counted.cuts} cuts`)
    // The grown last part, or that and the one after it; again for each cut.
    expect(bad.counted.fromClients).toBeLessThan((2 + bad.counted.cuts) * (PART_BYTES + 67 * parts + 4 * REQUEST_BYTES))

    const sha256 = sha256Of(second)
    hub.invite('dai-bieu', sha256)
    const tables = memoryTables()
    const cache = createPaperCache(tables, deviceOf('dai-bieu', bad.url), pacing)
    bad.reset()
    expect(await cache.ensure(sha256, live, quiet)).toEqual({ ok: true, value: null })
    const held = await cache.bytes(sha256)
    expect(held.ok && held.value !== null && sha256Of(held.value)).toBe(sha256)
    console.log(`64 MB down: ${bad.counted.cuts} cuts, ${bad.counted.fromHub - second.length} extra bytes`)

    // The older revision is already here but for its last part.
    hub.invite('dai-bieu', sha256Of(first))
    bad.reset()
    expect((await cache.ensure(sha256Of(first), live, quiet)).ok).toBe(true)
    expect(bad.counted.fromHub).toBeLessThan((2 + bad.counted.cuts) * (PART_BYTES + 67 * parts + 4 * REQUEST_BYTES))
  })

  it.each(Array.from({ length: 8 }, (_, round) => SEED + round))(
    'arrives whole whatever the cuts are (seed %i)',
    async (seed) => {
      const own = seededRandom(seed)
      const bytes = pdfOf(Math.floor(1000 + own() * 3e6), seed)
      const lifetime = () => Math.floor(PART_BYTES * 1.2 + own() * 2 * PART_BYTES)
      const bad = await line(lifetime)
      const uploaded = await send(bytes, bad.url)
      expect(uploaded).toMatchObject({ ok: true, value: { sha256: sha256Of(bytes), size: bytes.length } })
      const cache = createPaperCache(memoryTables(), deviceOf('thu-ky', bad.url), pacing)
      expect(await cache.ensure(sha256Of(bytes), live, quiet)).toEqual({ ok: true, value: null })
      const held = await cache.bytes(sha256Of(bytes))
      expect(held.ok && held.value !== null && Buffer.from(held.value).equals(bytes)).toBe(true)
    },
  )

  it('loses no acknowledged part when the hub restarts in the middle', async () => {
    const bytes = pdfOf(8 << 20, SEED)
    const { port } = hub
    const readers = new Set<string>()
    const good = await line(() => Infinity)
    const restarting: Promise<void>[] = []
    const restart = async () => {
      await hub.close()
      hub = await startBlobHub(folder, readers, port)
      open[0] = hub
    }
    const uploaded = await uploadPaper(
      fileOf(bytes),
      deviceOf('thu-ky', good.url),
      ({ phase, done, total }) => {
        if (phase === 'moving' && done > total / 2 && restarting.length === 0) restarting.push(restart())
      },
      live,
      pacing,
    )
    expect(uploaded.ok).toBe(true)
    expect(restarting).toHaveLength(1)
    await Promise.all(restarting)
    // The three under way may travel twice, no other.
    expect(good.counted.fromClients).toBeLessThan(bytes.length + 4 * PART_BYTES + 100 * REQUEST_BYTES)
    expect((await get(sha256Of(bytes), 'thu-ky')).status).toBe(200)
  })

  it('takes the seven papers of the decree at once', async () => {
    const bad = await line(between(300_000, 500_000))
    const files = await Promise.all(
      NAMES.map((name) => readFile(new URL(`../fixtures/nd30/${name}.pdf`, import.meta.url))),
    )
    const device = deviceOf('thu-ky', bad.url)
    const sent = await Promise.all(files.map((bytes) => uploadPaper(fileOf(bytes), device, quiet, live, pacing)))
    for (const [at, result] of sent.entries()) {
      expect(result).toMatchObject({ ok: true, value: { sha256: sha256Of(files[at]!), size: files[at]!.length } })
    }
    const pages = sent.map((result) => (result.ok ? result.value.pages : 0))
    expect(pages[0]).toBe(20)
    expect(Math.min(...pages)).toBeGreaterThan(0)
  })
})

describe('bytes that are not what they are called', () => {
  it('leave no trace', async () => {
    const bytes = pdfOf(1000, SEED)
    const made = cut(bytes)
    if (!made.ok) throw new Error(made.code)
    const [hash = ''] = made.value.parts
    const device = deviceOf('thu-ky', direct())
    expect(await device.putPart(hash, new Uint8Array(noise(500, 1)), live)).toEqual(refuse('part-hash-mismatch'))
    expect(await device.commit(made.value, live)).toEqual(refuse('part-missing'))
    await device.putPart(hash, new Uint8Array(bytes), live)
    const wrongName = { ...made.value, sha256: sha256Of(noise(10, 2)) }
    expect(await device.commit(wrongName, live)).toEqual(refuse('part-hash-mismatch'))
    expect((await get(wrongName.sha256, 'thu-ky')).status).toBe(404)
    expect((await device.commit(made.value, live)).ok).toBe(true)
  })

  it.each([
    ['a text', Buffer.from('Kính gửi: Hội đồng nhân dân xã Trà My'), 'paper-not-pdf'],
    ['a PDF cut short', pdfOf(400_000, 3).subarray(0, 300_000), 'paper-truncated'],
  ] as const)('%s is no paper', async (_, bytes, code) => {
    expect(await send(bytes, direct())).toEqual(refuse(code))
    expect((await get(sha256Of(bytes), 'thu-ky')).status).toBe(404)
  })
})

describe('reading', () => {
  it('is for who was invited, in any range', async () => {
    const bytes = await readFile(new URL('../fixtures/nd30/nghi-dinh-30-2020.pdf', import.meta.url))
    const sha256 = sha256Of(bytes)
    expect((await send(bytes, direct())).ok).toBe(true)
    expect((await get(sha256, 'dai-bieu')).status).toBe(404)
    expect((await get(`${sha256}/manifest`, 'thu-ky-khac')).status).toBe(404)
    expect((await fetch(`${direct()}/api/blobs/${sha256}`)).status).toBe(401)

    // Knowing the hashes is not having the paper: another secretary gets it only by sending it.
    const other = deviceOf('thu-ky-khac', direct())
    const made = cut(bytes)
    if (!made.ok) throw new Error(made.code)
    expect(await other.commit(made.value, live)).toEqual(refuse('part-missing'))
    expect((await send(bytes, direct(), 'thu-ky-khac')).ok).toBe(true)
    expect((await get(sha256, 'thu-ky-khac')).status).toBe(200)
    expect(await deviceOf('dai-bieu', direct()).missing(made.value.parts, live)).toEqual(refuse('forbidden'))

    hub.invite('dai-bieu', sha256)
    for (let round = 0; round < 30; round += 1) {
      const start = Math.floor(random() * bytes.length)
      const end = start + 1 + Math.floor(random() * (bytes.length - start))
      const answer = await get(sha256, 'dai-bieu', { range: `bytes=${start}-${end - 1}` })
      expect(answer.status).toBe(206)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true)
    }
    const head = await fetch(`${direct()}/api/blobs/${sha256}`, { method: 'HEAD', headers: { 'x-person': 'dai-bieu' } })
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
  })
})
