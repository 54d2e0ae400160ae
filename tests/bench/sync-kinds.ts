// Every kind of server that the sync benchmark measures: the limit of one process, our hub, and the two peers that people would take instead.

import type * as Y from 'yjs'
import { type Dialect, HOCUSPOCUS, Y_WEBSOCKET } from './sync-dialect.ts'

export interface BenchServer {
  /** Where this client connects; asked once before each connection. */
  readonly address: (client: number) => string | Promise<string>
}

/** Opens one room that holds this document and answers when it listens. */
export type StartServer = (port: number, document: Y.Doc) => Promise<BenchServer>

export interface Kind {
  readonly name: string
  /** Imported in the server's own process only, so that its memory is its own. */
  readonly load: () => Promise<StartServer>
  readonly dialect: Dialect
  /** Do its clients send every state of awareness back that they receive? y-websocket 3.1.0 does; our client and Hocuspocus' do not. */
  readonly echoes: boolean
}

/** The limit that ratios are taken to: they say the same on any machine, absolute figures do not. */
export const LIMIT = 'frame'
export const OURS = 'hub'
export const Y_WEBSOCKET_SERVER = 'y-websocket-server'
/** As their packages come; the goals are held against the better of the two. */
export const PEERS: readonly string[] = [Y_WEBSOCKET_SERVER, 'hocuspocus']

export const KINDS: readonly Kind[] = [
  {
    name: LIMIT,
    load: async () => (await import('./limit-server.ts')).startFrame,
    dialect: Y_WEBSOCKET,
    echoes: false,
  },
  {
    name: OURS,
    load: async () => (await import('./hub-server.ts')).startHubRooms,
    dialect: Y_WEBSOCKET,
    echoes: false,
  },
  {
    name: Y_WEBSOCKET_SERVER,
    load: async () => (await import('./peer-y-websocket.ts')).startYWebsocketServer,
    dialect: Y_WEBSOCKET,
    echoes: true,
  },
  {
    name: 'hocuspocus',
    load: async () => (await import('./peer-hocuspocus.ts')).startHocuspocus(0),
    dialect: HOCUSPOCUS,
    echoes: false,
  },
  {
    // Not counted as a peer: nobody gets it who does not ask for it. Shown because our hub waits up to 10 ms as well.
    name: 'hocuspocus 10 ms',
    load: async () => (await import('./peer-hocuspocus.ts')).startHocuspocus(10),
    dialect: HOCUSPOCUS,
    echoes: false,
  },
]

export function kindOf(name: string): Kind {
  const kind = KINDS.find((each) => each.name === name)
  if (kind === undefined) throw new Error(`unknown kind of server: ${name}`)
  return kind
}
