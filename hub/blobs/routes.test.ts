// The blob routes at their edge: who may do what, what each bad request gets, and what the headers promise.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PART_BYTES, cut, nameOf } from '../../shared/blob/manifest.ts'
import { ok, refuse } from '../../shared/refusal.ts'
import type { Admission } from './admission.ts'
import { openBlobStore, type BlobStore } from './blob-store.ts'
import { registerBlobRoutes } from './routes.ts'
import { UPLOADS_AT_ONCE } from './upload-limits.ts'

const bytes = Buffer.from(Array.from({ length: PART_BYTES + 50 }, (_, at) => (at * 7 + (at >> 9)) & 255))
const made = cut(bytes)
if (!made.ok) throw new Error(made.code)
const manifest = made.value
const [first = '', second = ''] = manifest.parts

let folder: string
let app: FastifyInstance
let store: BlobStore
let readers: Set<string>
let admission: Admission

/** `lan` and `minh` prepare meetings, `hoa` reads, nobody else has a session. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tra-my-routes-'))
  store = await openBlobStore(folder)
  readers = new Set()
  admission = { admit: () => Promise.resolve(ok({ pages: 3, title: 'Tờ trình' })), close: () => Promise.resolve() }
  app = Fastify()
  registerBlobRoutes(app, {
    store,
    admission: { admit: (content) => admission.admit(content), close: () => Promise.resolve() },
    authenticate: (request) => {
      const personId = request.headers['x-person']
      return typeof personId === 'string' ? ok({ personId }) : refuse('not-logged-in')
    },
    mayUpload: (person) => person === 'lan' || person === 'minh',
    mayRead: (person, sha256) => readers.has(`${person} ${sha256}`),
    recordUpload: (person, sha256) => void readers.add(`${person} ${sha256}`),
  })
  await app.ready()
})
afterEach(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (
  person: string,
  method: 'GET' | 'HEAD' | 'PUT' | 'POST',
  url: string,
  body?: Buffer | object,
  headers = {},
) =>
  app.inject({
    method,
    url,
    ...(body === undefined ? {} : { payload: body }),
    headers: {
      'x-person': person,
      ...(Buffer.isBuffer(body) ? { 'content-type': 'application/octet-stream' } : {}),
      ...headers,
    },
  })
const put = (person: string, hash: string, body: Buffer) => ask(person, 'PUT', `/api/blobs/parts/${hash}`, body)
const missing = async (person: string) =>
  (await ask(person, 'POST', '/api/blobs/missing', { parts: manifest.parts })).json()
const commit = (person: string) => ask(person, 'POST', '/api/blobs', { manifest })

async function upload(person: string): Promise<void> {
  expect((await put(person, first, bytes.subarray(0, PART_BYTES))).statusCode).toBe(204)
  expect((await put(person, second, bytes.subarray(PART_BYTES))).statusCode).toBe(204)
  expect((await commit(person)).json()).toEqual({
    sha256: manifest.sha256,
    size: bytes.length,
    pages: 3,
    title: 'Tờ trình',
  })
}

describe('sending', () => {
  it('asks for what is missing, takes it, and makes a paper that its sender may read', async () => {
    expect(await missing('lan')).toEqual({ missing: [first, second] })
    await put('lan', second, bytes.subarray(PART_BYTES))
    expect(await missing('lan')).toEqual({ missing: [first] })
    expect((await commit('lan')).json()).toEqual({ ok: false, code: 'part-missing' })
    await upload('lan')
    expect(await missing('lan')).toEqual({ missing: [] })
    expect((await ask('lan', 'GET', `/api/blobs/${manifest.sha256}`)).rawPayload.equals(bytes)).toBe(true)
    // Committing twice is committing once: the line may drop before the first answer arrives.
    expect((await commit('lan')).statusCode).toBe(200)
  })

  it('never gives a paper to someone who only knows its hashes', async () => {
    await upload('lan')
    expect(await missing('minh')).toEqual({ missing: [first, second] })
    expect((await commit('minh')).json()).toEqual({ ok: false, code: 'part-missing' })
    expect((await ask('minh', 'GET', `/api/blobs/${manifest.sha256}`)).statusCode).toBe(404)
    readers.add(`minh ${manifest.sha256}`)
    expect(await missing('minh')).toEqual({ missing: [] })
  })

  it('keeps no paper that was refused', async () => {
    admission = { ...admission, admit: () => Promise.resolve(refuse('paper-encrypted')) }
    await put('lan', first, bytes.subarray(0, PART_BYTES))
    await put('lan', second, bytes.subarray(PART_BYTES))
    const answer = await commit('lan')
    expect([answer.statusCode, answer.json()]).toEqual([422, { ok: false, code: 'paper-encrypted' }])
    expect(store.manifest(manifest.sha256)).toBeNull()
    expect((await ask('lan', 'GET', `/api/blobs/${manifest.sha256}`)).statusCode).toBe(404)
  })

  it.each([
    ['no session', '', 401, 'not-logged-in'],
    ['no right to prepare a meeting', 'hoa', 403, 'forbidden'],
  ])('refuses %s before reading the body', async (_, person, status, code) => {
    const headers = person === '' ? {} : { 'x-person': person }
    for (const [method, url] of [
      ['POST', '/api/blobs/missing'],
      ['POST', '/api/blobs'],
      ['PUT', `/api/blobs/parts/${first}`],
    ] as const) {
      const payload = Buffer.alloc(10 * PART_BYTES)
      const answer = await app.inject({
        method,
        url,
        payload,
        headers: { ...headers, 'content-type': 'application/octet-stream' },
      })
      expect([answer.statusCode, answer.json()]).toEqual([status, { ok: false, code }])
    }
  })

  it.each([
    ['bytes under another name', first, Buffer.from('other'), 422, 'part-hash-mismatch'],
    ['too many bytes', first, Buffer.alloc(PART_BYTES + 1), 413, 'too-large'],
    ['a name that is no hash', 'AB', Buffer.from('x'), 400, 'malformed'],
    ['a path for a name', '..%2F..%2Fetc', Buffer.from('x'), 400, 'malformed'],
  ])('refuses a part with %s', async (_, hash, body, status, code) => {
    const answer = await put('lan', hash, body)
    expect([answer.statusCode, answer.json()]).toEqual([status, { ok: false, code }])
  })

  it.each([
    ['/api/blobs/missing', { parts: [] }, 400, 'malformed'],
    ['/api/blobs/missing', { parts: ['x'] }, 400, 'malformed'],
    ['/api/blobs/missing', { parts: [first], more: 1 }, 400, 'malformed'],
    ['/api/blobs/missing', { parts: Array(2000).fill(first) }, 413, 'too-large'],
    ['/api/blobs', { manifest: { ...manifest, parts: [] } }, 400, 'malformed'],
    ['/api/blobs', { manifest: { ...manifest, size: 1e12 } }, 413, 'paper-too-large'],
    ['/api/blobs', {}, 400, 'malformed'],
    ['/api/blobs', Buffer.from('x'), 400, 'malformed'],
  ])('refuses a bad question to %s (%#)', async (url, body, status, code) => {
    const answer = await ask('lan', 'POST', url, body)
    expect([answer.statusCode, answer.json()]).toEqual([status, { ok: false, code }])
  })

  it('refuses words that are no JSON', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/blobs',
      payload: '{"manifest":',
      headers: { 'x-person': 'lan', 'content-type': 'application/json' },
    })
    expect([answer.statusCode, answer.json()]).toEqual([400, { ok: false, code: 'malformed' }])
  })

  it('says storage-full and hub-unavailable with their status, and no more', async () => {
    store.putPart = () => Promise.resolve(refuse('storage-full'))
    const full = await put('lan', first, bytes.subarray(0, PART_BYTES))
    expect([full.statusCode, full.json()]).toEqual([507, { ok: false, code: 'storage-full' }])
    store.putPart = () => Promise.reject(new Error('EIO at /secret/path'))
    const broken = await put('lan', first, bytes.subarray(0, PART_BYTES))
    expect([broken.statusCode, broken.json()]).toEqual([503, { ok: false, code: 'hub-unavailable' }])
  })

  it('takes only so many requests of one person at once, and gives the places back', async () => {
    const held: (() => void)[] = []
    store.hasParts = () => new Promise((resolve) => held.push(() => resolve(new Set())))
    const busy = Array.from({ length: UPLOADS_AT_ONCE }, () => missing('lan'))
    while (held.length < UPLOADS_AT_ONCE) await new Promise((resolve) => setImmediate(resolve))
    const refused = await ask('lan', 'POST', '/api/blobs/missing', { parts: manifest.parts })
    expect([refused.statusCode, refused.json(), refused.headers['retry-after']]).toEqual([
      429,
      { ok: false, code: 'rate-limited' },
      '1',
    ])
    for (const each of held.splice(0)) each()
    await Promise.all(busy)
    const next = missing('lan')
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve))
    held[0]?.()
    expect(await next).toEqual({ missing: [first, second] })
  })
})

describe('reading', () => {
  const whole = `/api/blobs/${manifest.sha256}`
  const etag = `"${manifest.sha256}"`
  beforeEach(() => upload('lan'))

  it('does not tell a paper that one may not read from one that is not there', async () => {
    for (const url of [whole, `${whole}/manifest`, `${whole}/parts/${first}`]) {
      const hidden = await ask('hoa', 'GET', url)
      const absent = await ask('hoa', 'GET', url.replaceAll(manifest.sha256, nameOf(new Uint8Array(9))))
      expect([hidden.statusCode, hidden.body]).toEqual([404, '{"ok":false,"code":"not-found"}'])
      const { date: _one, ...hiddenHeaders } = hidden.headers
      const { date: _other, ...absentHeaders } = absent.headers
      expect([absent.statusCode, absent.body, absentHeaders]).toEqual([404, hidden.body, hiddenHeaders])
      expect((await app.inject({ method: 'GET', url })).statusCode).toBe(401)
    }
  })

  it('gives the manifest and each part of this paper, and no other part', async () => {
    expect((await ask('lan', 'GET', `${whole}/manifest`)).json()).toEqual(manifest)
    const part = await ask('lan', 'GET', `${whole}/parts/${second}`)
    expect(part.rawPayload.equals(bytes.subarray(PART_BYTES))).toBe(true)
    expect(part.headers['cache-control']).toBe('no-store')
    const stray = Buffer.from('stray')
    await put('lan', nameOf(stray), stray)
    expect((await ask('lan', 'GET', `${whole}/parts/${nameOf(stray)}`)).statusCode).toBe(404)
  })

  it('gives the whole with its name, for one person and for ever', async () => {
    const answer = await ask('lan', 'GET', whole)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      etag,
      'accept-ranges': 'bytes',
      'content-length': String(bytes.length),
      'content-type': 'application/pdf',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    const known = await ask('lan', 'GET', whole, undefined, { 'if-none-match': `"x", W/${etag}` })
    expect([known.statusCode, known.body]).toEqual([304, ''])
    const head = await ask('lan', 'HEAD', whole)
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, String(bytes.length), ''])
  })

  it('gives ranges', async () => {
    const middle = await ask('lan', 'GET', whole, undefined, { range: `bytes=${PART_BYTES - 2}-${PART_BYTES + 1}` })
    expect(middle.statusCode).toBe(206)
    expect(middle.headers['content-range']).toBe(`bytes ${PART_BYTES - 2}-${PART_BYTES + 1}/${bytes.length}`)
    expect(middle.headers['content-length']).toBe('4')
    expect(middle.rawPayload.equals(bytes.subarray(PART_BYTES - 2, PART_BYTES + 2))).toBe(true)

    const beyond = await ask('lan', 'GET', whole, undefined, { range: `bytes=${bytes.length}-` })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`])
    expect(beyond.json()).toEqual({ ok: false, code: 'malformed' })

    const changed = await ask('lan', 'GET', whole, undefined, { range: 'bytes=0-1', 'if-range': '"older"' })
    expect([changed.statusCode, changed.rawPayload.length]).toEqual([200, bytes.length])
  })
})
