// The sending side: which parts are missing, one part, and "these parts are a paper".
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PART_BYTES, Sha256Hex, parseManifest, type BlobManifest } from '../../shared/blob/manifest.ts'
import { CommitRequest, MissingRequest, type AdmittedPaper } from '../../shared/blob/transfer.ts'
import { refuse, type Result } from '../../shared/refusal.ts'
import { sendRefusal } from '../http/refusal-status.ts'
import type { BlobRouteDeps, PersonOf } from './routes.ts'
import { createUploadLimits } from './upload-limits.ts'

/** A manifest of the largest paper is 54 kB of JSON. */
const JSON_BYTES = 64 * 1024

interface HashParams {
  readonly hash: string
}

export function registerUploadRoutes(scope: FastifyInstance, deps: BlobRouteDeps, personOf: PersonOf): void {
  const { store, admission } = deps
  const limits = createUploadLimits(() => performance.now())

  /** Right, size and rate, from the headers alone; the body is read only after this. */
  const admitSender = (bodyLimit: number) => async (request: FastifyRequest, reply: FastifyReply) => {
    const person = personOf(request)
    if (!deps.mayUpload(person)) return sendRefusal(reply, 'forbidden')
    const announced = Number(request.headers['content-length'] ?? bodyLimit)
    if (announced > bodyLimit) return sendRefusal(reply, 'too-large')
    const begun = limits.begin(person, announced)
    if (!begun.ok) return sendRefusal(reply.header('retry-after', '1'), begun.code)
    reply.raw.once('close', begun.value)
    return undefined
  }
  const accepting = (bodyLimit: number) => ({ bodyLimit, onRequest: admitSender(bodyLimit) })

  /** The parts this person need not send: sent by them before, or in a paper they may read. See part-claims.ts. */
  async function partsOf(person: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const onDisk = await store.hasParts([...new Set(hashes)])
    const claimed = await store.claims.held(person, hashes)
    const readable = (hash: string) => store.papersWith(hash).some((sha256) => deps.mayRead(person, sha256))
    return new Set([...onDisk].filter((hash) => claimed.has(hash) || readable(hash)))
  }

  async function commit(person: string, manifest: BlobManifest): Promise<Result<AdmittedPaper>> {
    const held = await partsOf(person, manifest.parts)
    if (manifest.parts.some((hash) => !held.has(hash))) return refuse('part-missing')
    const admitted = await store.commit(manifest, (content) => admission.admit(content))
    if (!admitted.ok) return admitted
    const { sha256, size } = manifest
    await deps.recordUpload(person, sha256, size, admitted.value.pages)
    await store.claims.release(person, manifest.parts)
    return { ok: true, value: { sha256, size, ...admitted.value } }
  }

  scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })

  scope.post('/api/blobs/missing', accepting(JSON_BYTES), async (request, reply) => {
    const asked = MissingRequest.safeParse(request.body)
    if (!asked.success) return sendRefusal(reply, 'malformed')
    const held = await partsOf(personOf(request), asked.data.parts)
    const missing = [...new Set(asked.data.parts)].filter((hash) => !held.has(hash))
    return reply.header('cache-control', 'no-store').send({ missing })
  })

  scope.put<{ Params: HashParams }>('/api/blobs/parts/:hash', accepting(PART_BYTES), async (request, reply) => {
    const hash = Sha256Hex.safeParse(request.params.hash)
    if (!hash.success || !(request.body instanceof Uint8Array)) return sendRefusal(reply, 'malformed')
    const stored = await store.putPart(hash.data, request.body)
    if (!stored.ok) return sendRefusal(reply, stored.code)
    const claimed = await store.claims.add(personOf(request), hash.data)
    if (!claimed.ok) return sendRefusal(reply, claimed.code)
    return reply.code(204).send()
  })

  scope.post('/api/blobs', accepting(JSON_BYTES), async (request, reply) => {
    const body = CommitRequest.safeParse(request.body)
    const manifest = body.success ? parseManifest(body.data.manifest) : refuse('malformed')
    if (!manifest.ok) return sendRefusal(reply, manifest.code)
    const committed = await commit(personOf(request), manifest.value)
    if (!committed.ok) return sendRefusal(reply, committed.code)
    return reply.header('cache-control', 'no-store').send(committed.value)
  })
}
