// The product's own rooms under the benchmark's load: real tickets, rights, inspector, store with fsync, acknowledgements. One open meeting in which all may write.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { Tickets } from '../../hub/access/tickets.ts'
import type { DomainState } from '../../hub/acts/domain-state.ts'
import { systemClock } from '../../hub/clock.ts'
import { Rooms } from '../../hub/rooms/rooms.ts'
import { serveRooms } from '../../hub/rooms/room-server.ts'
import { openSqliteStore } from '../../hub/store/sqlite-store.ts'
import { roomName } from '../../shared/hub/rooms.ts'
import { evolveMeeting } from '../../shared/meeting/evolve.ts'
import { EMPTY_ORG } from '../../shared/org/state.ts'
import type { BenchServer } from './sync-kinds.ts'

const MEETING = '00000000-0000-4000-8000-0000000000be'
const AT = '2026-11-22T01:00:00.000Z'
const MOST_CLIENTS = 1000

const person = (client: number) => `person-${client}`

function openMeeting(): DomainState {
  const people = Array.from({ length: MOST_CLIENTS }, (_, client) => person(client))
  const frame = {
    title: 'bench',
    kind: 'working' as const,
    startsAt: AT,
    plannedMinutes: 60,
    room: 'bench',
    chairId: person(0),
    secretaryIds: people,
  }
  const created = {
    type: 'created',
    meetingId: MEETING,
    bodyId: MEETING,
    ruleSetId: 'x',
    by: person(0),
    frame,
    memberIds: people,
  } as const
  const opened = evolveMeeting(evolveMeeting(null, created, AT), { type: 'opened' }, AT)
  return { org: EMPTY_ORG, meetings: new Map([[MEETING, opened]]), heads: new Map() }
}

/** @param document what the room holds before the first client comes */
export async function startHubRooms(port: number, document: Y.Doc): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tra-my-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const store = openSqliteStore(join(folder, 'hub.sqlite'))
  const room = roomName.meeting(MEETING, 'conclusions')
  await store.saveTextSnapshot(room, 1, 0, Y.encodeStateAsUpdate(document))
  const state = openMeeting()
  const onFault = (fault: unknown) => {
    throw fault
  }
  const rooms = new Rooms({ store, clock: systemClock, state: () => state, onFault })
  const tickets = new Tickets(systemClock)
  const server = createServer()
  serveRooms(server, rooms, tickets, systemClock)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: (client) => {
      const holder = { personId: person(client), sessionId: `session-${client}`, deviceId: `device-${client}` }
      return `ws://127.0.0.1:${port}/sync/${room}?ticket=${tickets.issue(holder, room).ticket}`
    },
  }
}
