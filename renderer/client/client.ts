// The client as a whole: line, session and, while somebody is logged in, that person's workplace. Runs without React.
import type { Bridge } from '../../shared/desktop/bridge.ts'
import { DERIVATION, type DerivationParameters, type DeriveKey } from '../replica/key-derivation.ts'
import { openProfiles } from '../replica/profiles.ts'
import { createCredentialStore, type TabStorage } from './credentials.ts'
import { createHubApi, type HubApi } from './hub-api.ts'
import { watchLine, type LineWatch } from './line.ts'
import { createProfileAccess } from './profile-access.ts'
import { createSession } from './session.ts'
import type { Session } from './session-contract.ts'
import { openWorkplace, type PageParts, type Workplace } from './workplace.ts'

export interface Client {
  readonly hubUrl: string
  readonly api: HubApi
  readonly line: LineWatch
  readonly session: Session<Workplace>
  /** User names that have been here with this hub, the last one first. */
  usernames(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface ClientOptions {
  /** Where the hub is: from the desktop's `app.info`, or the page's own origin in a browser. */
  readonly hubUrl: string
  readonly bridge: Bridge | null
  /** Where a browser keeps what opens the replica again after a reload; null: nowhere. */
  readonly tab: TabStorage | null
  /** As the list of devices shows it. */
  readonly deviceName: string
  readonly derive: DeriveKey
  readonly parameters?: DerivationParameters
  readonly page: PageParts
  readonly fetch?: typeof globalThis.fetch
  readonly now?: () => number
}

const SESSION_SETTING = 'session'
const OFFSET_SETTING = 'clock-offset'

export function createClient(options: ClientOptions): Client {
  const { hubUrl, page, now = () => Date.now() } = options
  const hub = new URL(hubUrl).host
  const profiles = openProfiles()
  const api = createHubApi({
    hubUrl,
    session: () => session.credential(),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    onReached: (reached) => line.report(reached),
    onSessionOver: (credential, code) => void session.ended(credential, code),
  })
  const line = watchLine({
    now,
    random: page.random,
    network: page.network,
    probe: async () => {
      const answer = await api.call('hello', null)
      return answer.ok ? { hubTime: Date.parse(answer.value.now) } : null
    },
  })
  const access = createProfileAccess({
    hub,
    profiles,
    derive: options.derive,
    parameters: options.parameters ?? DERIVATION,
    now,
  })
  const session: Session<Workplace> = createSession<Workplace>({
    hub,
    api,
    access,
    credentials: createCredentialStore(options.bridge, options.tab),
    deviceName: options.deviceName,
    hubNow: line.hubNow,
    openWorkplace: async (entry) => {
      const databaseName = access.databaseName(entry.me.personId)
      const opened = await openWorkplace({ databaseName, entry, api, session: () => session.credential(), line, page })
      if (opened.ok) await rememberClock(opened.value)
      return opened
    },
    keptSession: async ({ settings }) => {
      const kept = await settings.read(SESSION_SETTING)
      return kept.ok && typeof kept.value === 'string' ? kept.value : null
    },
    keepSession: async ({ settings }, credential) => {
      await (credential === null ? settings.remove(SESSION_SETTING) : settings.write(SESSION_SETTING, credential))
    },
  })

  /** An act done offline after a restart still carries the hub's time, as far as it was known. */
  const rememberClock = async ({ settings }: Workplace) => {
    const known = await settings.read(OFFSET_SETTING)
    if (line.offset.current() === null && known.ok && typeof known.value === 'number')
      line.noteHubTime(now() - known.value)
  }
  let savedOffset: number | null = null
  const stopOffset = line.offset.subscribe(() => {
    const state = session.state.current()
    const offset = line.offset.current()
    if (state.kind !== 'in' || offset === null) return
    // Measured anew every half minute; only what changes an act's time is worth a write.
    if (savedOffset !== null && Math.abs(offset - savedOffset) < 1000) return
    savedOffset = offset
    void state.workplace.settings.write(OFFSET_SETTING, offset)
  })
  const askWhoIsHere = () => {
    const state = session.state.current()
    // Opened without a line and without a kept session: now that the hub is back, somebody has to say who is here.
    if (line.state.current() === 'online' && state.kind === 'in' && session.credential() === null) void session.expire()
  }
  const stopLine = line.state.subscribe(askWhoIsHere)
  const stopSession = session.state.subscribe(askWhoIsHere)
  void line.probe()

  return {
    hubUrl: api.hubUrl,
    api,
    line,
    session,
    usernames: async () => {
      try {
        return (await profiles.list(hub)).map((profile) => profile.username)
      } catch {
        // Without storage nobody has been here before; the login itself will say what is wrong.
        return []
      }
    },
    close: async () => {
      stopOffset()
      stopLine()
      stopSession()
      const state = session.state.current()
      if (state.kind === 'in') await state.workplace.close()
      line.close()
      profiles.close()
    },
  }
}
