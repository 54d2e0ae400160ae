// Everything of one logged-in person: replica, outbox, rooms, papers. Made at login, closed at logout.
import type { RefusalCode, Result } from '../../shared/refusal.ts'
import { ok, refuse } from '../../shared/refusal.ts'
import { createBlobTables } from '../replica/blob-tables.ts'
import { createCipher } from '../replica/cipher.ts'
import { openReplica, type Replica } from '../replica/database.ts'
import { createOutboxStore } from '../replica/outbox-store.ts'
import { createQuarantine, type Quarantine } from '../replica/quarantine.ts'
import { createRoomStore } from '../replica/room-store.ts'
import { createSettings, type Settings } from '../replica/settings.ts'
import type { StorageCode } from '../replica/storage-problem.ts'
import type { Watchable } from '../replica/value.ts'
import type { Me } from './contract.ts'
import { deviceKeyOf } from './device-key.ts'
import { isSessionOver, type HubApi } from './hub-api.ts'
import type { LineWatch } from './line.ts'
import { createOutbox, type Outbox, type OutboxChannel, type SendAnswer } from './outbox.ts'
import { createPapers, type Papers } from './papers.ts'
import { createRooms, type Rooms } from './rooms.ts'
import type { Entry } from './session-contract.ts'

export interface Workplace {
  readonly me: Me
  readonly settings: Settings
  readonly outbox: Outbox
  readonly quarantine: Quarantine
  readonly rooms: Rooms
  readonly papers: Papers
  /** What the browser's storage cannot do at the moment. */
  readonly storageProblem: Watchable<StorageCode | null>
  close(): Promise<void>
}

/** What the page gives: replaced in tests. */
export interface PageParts {
  readonly WebSocket: typeof WebSocket
  /** From 0 to 1. */
  readonly random: () => number
  /** Runs work while no other window does the same; the name says what. */
  alone(name: string, work: () => Promise<void>): Promise<void>
  channel(name: string): OutboxChannel | null
  /** Says `online` and `offline` when the system thinks so: the window. */
  readonly network: EventTarget | null
}

/** Why an act stays in the outbox: the hub is not there, is full or busy, or does not know who asks. */
const LATER: ReadonlySet<RefusalCode> = new Set([
  'hub-unavailable',
  'storage-full',
  'rate-limited',
  'password-change-required',
])

export interface WorkplaceOptions {
  readonly databaseName: string
  readonly entry: Entry
  readonly api: HubApi
  readonly session: () => string | null
  readonly line: LineWatch
  readonly page: PageParts
}

/** Refuses with a storage code when the replica cannot be opened. */
export async function openWorkplace(options: WorkplaceOptions): Promise<Result<Workplace>> {
  const { databaseName, entry, api, line, page } = options
  const replica = openReplica(databaseName, await createCipher(entry.dataKey))
  const settings = createSettings(replica)
  const opened = await replica.guard.run(() => replica.strict.open())
  if (!opened.ok) return refuse(opened.code)
  const quarantine = createQuarantine(replica)
  await quarantine.reload()
  const outbox = outboxOf(options, replica, quarantine)
  const rooms = createRooms({
    personId: entry.me.personId,
    store: createRoomStore(replica),
    line,
    surroundings: {
      socketUrl: `${api.hubUrl.replace(/^http/, 'ws')}/sync`,
      WebSocket: page.WebSocket,
      ticket: async (room) => {
        // Without a session there is nothing to ask for; somebody has to log in first.
        if (options.session() === null) return refuse('not-logged-in')
        const answer = await api.call('ticket', { room })
        return answer.ok ? ok(answer.value.ticket) : refuse(answer.code)
      },
      // A socket that closes says that something happened, not what: the line asks the hub.
      onSocket: (open) => (open ? line.report(true) : void line.probe()),
      noteHubTime: line.noteHubTime,
      random: page.random,
      quarantine,
      hubNow: line.hubNow,
    },
  })
  const papers = createPapers({
    tables: createBlobTables(replica),
    api,
    session: options.session,
    rooms,
    line,
    perform: outbox.perform,
  })
  const stopLine = line.state.subscribe(() => {
    if (line.state.current() === 'online') void outbox.nudge()
  })
  void outbox.nudge()
  return ok({
    me: entry.me,
    settings,
    outbox,
    quarantine,
    rooms,
    papers,
    storageProblem: replica.guard.problem,
    close: async () => {
      stopLine()
      papers.close()
      outbox.close()
      await rooms.close()
      replica.close()
    },
  })
}

function outboxOf(
  { databaseName, entry, api, session, line, page }: WorkplaceOptions,
  replica: Replica,
  quarantine: Quarantine,
): Outbox {
  const { personId, deviceId } = entry.me
  const key = deviceKeyOf(entry.device)
  return createOutbox({
    store: createOutboxStore(replica),
    quarantine,
    envelope: { actor: personId, device: deviceId },
    sign: key.sign,
    send: async (act): Promise<SendAnswer> => {
      if (session() === null) return { state: 'later' }
      const answer = await api.call('acts', { act })
      if (answer.ok) return { state: 'accepted', at: answer.value.at }
      if (!answer.reached || LATER.has(answer.code) || isSessionOver(answer.code)) return { state: 'later' }
      return { state: 'refused', code: answer.code }
    },
    hubNow: line.hubNow,
    isOffline: () => line.state.current() === 'offline',
    alone: (work) => page.alone(`outbox ${databaseName}`, work),
    channel: page.channel(`outbox ${databaseName}`),
    random: page.random,
  })
}
