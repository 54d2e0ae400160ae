// The blob routes of the hub: who is asking, then either the upload or the reading side.
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import type { Result } from '../../shared/refusal.ts'
import type { Admission } from './admission.ts'
import type { BlobStore } from './blob-store.ts'
import { registerReadRoutes } from './read-routes.ts'
import { sendRefusal } from '../http/refusal-status.ts'
import { registerUploadRoutes } from './upload-routes.ts'

export interface BlobRouteDeps {
  readonly store: BlobStore
  readonly admission: Admission
  /** Who is asking, by the session of the request; called before any byte of a body is read. */
  authenticate(
    request: FastifyRequest,
  ): Promise<Result<{ readonly personId: string }>> | Result<{ readonly personId: string }>
  /** May this person prepare some meeting? */
  mayUpload(personId: string): boolean
  /** May this person read this paper: it is in a meeting of theirs, or `recordUpload` was called for them. */
  mayRead(personId: string, sha256: string): boolean
  /** Remembers durably that this person brought this paper; from then on `mayRead` answers yes for them. */
  recordUpload(personId: string, sha256: string, size: number, pages: number): Promise<void> | void
}

/** Who is behind a request that passed `authenticate`. */
export type PersonOf = (request: FastifyRequest) => string

/** Adds `/api/blobs…` to `app`. Every failure is `{ ok: false, code }` with a fitting status; what one may not read is 404. */
export function registerBlobRoutes(app: FastifyInstance, deps: BlobRouteDeps): void {
  const persons = new WeakMap<FastifyRequest, string>()
  const personOf: PersonOf = (request) => {
    const person = persons.get(request)
    if (person === undefined) throw new Error('a blob route ran before authentication')
    return person
  }

  void app.register((scope, _options, done) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('x-content-type-options', 'nosniff')
      const found = await deps.authenticate(request)
      if (!found.ok) return sendRefusal(reply, found.code)
      persons.set(request, found.value.personId)
      return undefined
    })
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500
      if (status === 413) return sendRefusal(reply, 'too-large')
      if (status < 500) return sendRefusal(reply, 'malformed')
      request.log.error(error)
      return sendRefusal(reply, 'hub-unavailable')
    })
    registerUploadRoutes(scope, deps, personOf)
    registerReadRoutes(scope, deps, personOf)
    done()
  })
}
