// The hub, wired: store, ledger, rooms, access, blobs and screens behind one HTTP server.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { api } from '../shared/hub/api.ts'
import { LIMITS } from '../shared/hub/wire.ts'
import { mayRead } from '../shared/meeting/access.ts'
import { preparesFor } from '../shared/org/rights.ts'
import { ok, refuse } from '../shared/refusal.ts'
import { Lockout } from './access/lockout.ts'
import { registerAccessRoutes } from './access/routes.ts'
import { Sessions } from './access/sessions.ts'
import { Tickets } from './access/tickets.ts'
import { Decider } from './acts/decider.ts'
import { replay, type DomainState } from './acts/domain-state.ts'
import { registerActRoutes } from './acts/routes.ts'
import { createAdmission } from './blobs/admission.ts'
import { openBlobStore } from './blobs/blob-store.ts'
import { registerBlobRoutes } from './blobs/routes.ts'
import { isoNow, systemClock, type Clock } from './clock.ts'
import { foundSampleCommune } from './founding.ts'
import { sendResult } from './http/answer.ts'
import { allowOrigins } from './http/origins.ts'
import { serveScreens } from './http/screens.ts'
import { readTls } from './http/tls.ts'
import { loadHubKey } from './hub-key.ts'
import { Rooms } from './rooms/rooms.ts'
import { serveRooms } from './rooms/room-server.ts'
import type { HubOptions } from './start-contract.ts'
import { openSqliteStore } from './store/sqlite-store.ts'
import type { Store } from './store/store.ts'
import { Uploads } from './uploads.ts'

export interface RunningHub {
  readonly url: string
  readonly rooms: Rooms
  readonly decider: Decider
  close(): Promise<void>
}

export interface HubParts {
  readonly clock?: Clock
  /** Tests wrap the store to make it fail. */
  readonly wrapStore?: (store: Store) => Store
  /** Told of what went wrong inside; never contains a secret. */
  readonly onFault?: (error: unknown) => void
}

const VERSION = '0.1.0'
/** Uploads that no meeting took are removed once a day, seven days after they came. */
const COLLECT_EVERY_MS = 24 * 3_600_000

/** Starts a hub on a data folder. Resolves when it listens. @throws when the folder, the ledger or the port cannot be used */
export async function startHub(options: HubOptions, parts: HubParts = {}): Promise<RunningHub> {
  const { clock = systemClock, wrapStore = (store: Store) => store, onFault = () => undefined } = parts
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  const store = wrapStore(openSqliteStore(join(options.dataFolder, 'hub.sqlite')))
  const uploads = await Uploads.open(store, clock)
  const state = await replay(store)
  const hub: { rooms: Rooms | null } = { rooms: null }
  const decider = new Decider({
    store,
    clock,
    state,
    uploaded: (sha256, personId) => uploads.of(sha256, personId),
    onCommitted: (streams) => hub.rooms?.onCommitted(streams),
    onFault,
  })
  const rooms = new Rooms({ store, clock, state: () => decider.state, onFault })
  hub.rooms = rooms
  if (options.sampleCommune === true) await foundSampleCommune(decider, store, loadHubKey(options.dataFolder), clock)

  const sessions = new Sessions(store, clock, () => decider.state.org)
  const tickets = new Tickets(clock)
  const app = httpServer(options)
  app.get(
    api.hello.path,
    async (_request, reply) => await sendResult(reply, ok({ name: 'tra-my', version: VERSION, now: isoNow(clock) })),
  )
  registerAccessRoutes(app, {
    store,
    clock,
    org: () => decider.state.org,
    sessions,
    tickets,
    lockout: new Lockout(clock),
    rooms,
  })
  registerActRoutes(app, { store, clock, decider, sessions })
  const blobs = await openBlobStore(join(options.dataFolder, 'blobs'))
  const admission = createAdmission()
  registerBlobRoutes(app, {
    store: blobs,
    admission,
    authenticate: (request) => sessions.authenticate(request.headers.authorization),
    mayUpload: (personId) => preparesFor(decider.state.org, personId, isoNow(clock)).length > 0,
    mayRead: (personId, sha256) =>
      uploads.of(sha256, personId) !== null || inSomeMeeting(decider.state, personId, sha256),
    recordUpload: (personId, sha256, size, pages) => uploads.record(sha256, personId, size, pages),
  })
  if (blobs.damaged.length > 0) onFault(new Error(`${blobs.damaged.length} papers on the disk cannot be read`))
  const collecting = setInterval(() => {
    blobs.collect(new Date(clock.now()), (sha256) => isPaper(decider.state, sha256)).catch(onFault)
  }, COLLECT_EVERY_MS)
  if (options.rendererFolder !== undefined) serveScreens(app, options.rendererFolder)
  const roomServer = serveRooms(app.server, rooms, tickets, clock)
  const url = await app.listen({ host: options.host, port: options.port })
  return {
    url,
    rooms,
    decider,
    close: async () => {
      clearInterval(collecting)
      rooms.close()
      await roomServer.close()
      await app.close()
      await admission.close()
      await store.close()
    },
  }
}

function httpServer(options: HubOptions): FastifyInstance {
  const tls = options.tls === undefined ? {} : { https: readTls(options.tls) }
  // No request log: addresses hold tickets, and headers hold sessions.
  const app = fastify({
    ...tls,
    logger: false,
    bodyLimit: LIMITS.actBytes,
    forceCloseConnections: true,
  }) as FastifyInstance
  allowOrigins(app, options.allowedOrigins ?? [])
  app.setErrorHandler(async (error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500
    return await sendResult(
      reply,
      refuse(status === 413 ? 'too-large' : status < 500 ? 'malformed' : 'hub-unavailable'),
    )
  })
  app.setNotFoundHandler(async (_request, reply) => await sendResult(reply, refuse('not-found')))
  return app
}

function isPaper(state: DomainState, sha256: string): boolean {
  return [...state.meetings.values()].some((meeting) =>
    Object.values(meeting.papers).some((paper) => paper.sha256 === sha256),
  )
}

/** A paper is read by those who may read a meeting that has it. */
function inSomeMeeting(state: DomainState, personId: string, sha256: string): boolean {
  for (const meeting of state.meetings.values()) {
    if (mayRead(meeting, personId) && Object.values(meeting.papers).some((paper) => paper.sha256 === sha256))
      return true
  }
  return false
}
