// The reading side: a paper whole or in ranges for a viewer, in parts for a device that keeps it.
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PART_BYTES, partLength } from '../../shared/blob/manifest.ts'
import { byteRange } from './byte-range.ts'
import { sendRefusal } from '../http/refusal-status.ts'
import type { BlobRouteDeps, PersonOf } from './routes.ts'

interface PaperParams {
  readonly sha256: string
}

interface PartParams extends PaperParams {
  readonly hash: string
}

export function registerReadRoutes(scope: FastifyInstance, deps: BlobRouteDeps, personOf: PersonOf): void {
  const { store } = deps

  /** The paper, or null alike when it is not there and when this person may not know that it is. */
  function readable(request: FastifyRequest, sha256: string) {
    const manifest = store.manifest(sha256)
    const content = store.open(sha256)
    if (manifest === null || content === null || !deps.mayRead(personOf(request), sha256)) return null
    return { manifest, content }
  }

  scope.get<{ Params: PaperParams }>('/api/blobs/:sha256/manifest', (request, reply) => {
    const paper = readable(request, request.params.sha256)
    if (paper === null) return sendRefusal(reply, 'not-found')
    return reply.header('cache-control', 'no-store').send(paper.manifest)
  })

  scope.get<{ Params: PartParams }>('/api/blobs/:sha256/parts/:hash', async (request, reply) => {
    const paper = readable(request, request.params.sha256)
    const index = paper?.manifest.parts.indexOf(request.params.hash) ?? -1
    if (paper === null || index < 0) return sendRefusal(reply, 'not-found')
    const start = index * PART_BYTES
    const length = partLength(paper.manifest.size, index)
    // Not for the browser's cache: the device keeps parts itself, encrypted.
    reply.header('cache-control', 'no-store').type('application/octet-stream').header('content-length', length)
    return reply.send(Readable.from(paper.content.read(start, start + length)))
  })

  scope.get<{ Params: PaperParams }>('/api/blobs/:sha256', (request, reply) => {
    const paper = readable(request, request.params.sha256)
    if (paper === null) return sendRefusal(reply, 'not-found')
    const { size } = paper.manifest
    const etag = `"${paper.manifest.sha256}"`
    const range = byteRange(request.headers.range, oneOf(request.headers['if-range']), etag, size)
    if (range.kind === 'unsatisfiable') {
      return sendRefusal(reply.header('content-range', `bytes */${size}`), 'malformed', 416)
    }

    // The device keeps papers itself, encrypted; a browser's own cache would keep them readable.
    reply
      .header('etag', etag)
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline')
      .type('application/pdf')
    if (holds(request.headers['if-none-match'], etag)) return reply.code(304).send()
    // Fastify answers HEAD by reading the body of GET to its end: give it none to read.
    if (request.method === 'HEAD') return reply.header('content-length', size).send(Readable.from([]))

    const { start, end } = range.kind === 'part' ? range : { start: 0, end: size }
    if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${size}`)
    reply.header('content-length', end - start)
    return reply.send(Readable.from(paper.content.read(start, end), { highWaterMark: 1 }))
  })
}

function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'object' ? header[0] : header
}

/** `If-None-Match` (RFC 9110, section 13.1.2): a list of tags, weak or not, or a star. */
function holds(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
