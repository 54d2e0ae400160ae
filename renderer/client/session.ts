// Who is logged in here: login at the hub, unlocking without a line, changing the password, going. Screens watch `state`.
import type { RefusalCode, Result } from '../../shared/refusal.ts'
import { ok, refuse } from '../../shared/refusal.ts'
import { fromBase64Url, toBase64Url } from '../replica/bytes.ts'
import type { DeviceRow } from '../replica/database.ts'
import type { Profile } from '../replica/profiles.ts'
import { storageCode } from '../replica/storage-problem.ts'
import { createValue } from '../replica/value.ts'
import { enrolDevice } from './enrolment.ts'
import { newDevice } from './profile-access.ts'
import type { Closable, Entry, Session, SessionOptions, SessionState } from './session-contract.ts'

interface Sealed {
  readonly profile: Profile
  readonly password: string
  readonly device: DeviceRow
  readonly answer: LoginAnswer
}

interface LoginAnswer {
  readonly session: string
  readonly personId: string
  readonly deviceKnown: boolean
  readonly passwordChangeRequired: boolean
}

export function createSession<W extends Closable>(options: SessionOptions<W>): Session<W> {
  const { hub, api, access, credentials } = options
  const state = createValue<SessionState<W>>({ kind: 'starting' })
  let credential: string | null = null
  let dataKey: Uint8Array | null = null
  let sealed: Sealed | null = null
  let waitMs: number | null = null

  const leave = async (reason: RefusalCode | null, lastUsername: string | null) => {
    const before = state.current()
    credential = null
    dataKey = null
    sealed = null
    state.set({ kind: 'out', reason, lastUsername })
    if (before.kind === 'in') await before.workplace.close()
  }

  const enter = async (entry: Entry): Promise<Result<null>> => {
    credential = entry.session
    const opened = await options.openWorkplace(entry)
    if (!opened.ok) {
      credential = null
      return opened
    }
    const workplace = opened.value
    if (entry.session === null) credential = await options.keptSession(workplace)
    else await options.keepSession(workplace, entry.session)
    const { me, passwordChangeRequired } = entry
    dataKey = entry.dataKey
    await credentials.write({
      hub,
      username: me.username,
      personId: me.personId,
      session: credential,
      passwordChangeRequired,
      dataKey: toBase64Url(entry.dataKey),
    })
    state.set({ kind: 'in', me, passwordChangeRequired, workplace })
    return ok(null)
  }

  const admitted = async (
    username: string,
    key: Uint8Array,
    device: DeviceRow,
    answer: LoginAnswer,
  ): Promise<Result<null>> => {
    const { personId, session, deviceKnown, passwordChangeRequired } = answer
    await access.saveDevice(personId, device)
    if (!deviceKnown) {
      credential = session
      const enrolled = await enrolDevice(api, personId, device, options.deviceName, options.hubNow())
      if (!enrolled.ok) return enrolled
    }
    const me = { personId, username, deviceId: device.deviceId }
    return enter({ me, dataKey: key, device, session, passwordChangeRequired })
  }

  const unlockOffline = async (profile: Profile | null, password: string): Promise<Result<null>> => {
    if (profile === null) return refuse('hub-unavailable')
    const key = await access.unwrap(profile, password)
    const device = await access.deviceOf(profile.personId)
    if (key === null) return refuse('login-failed')
    if (device === null) return refuse('hub-unavailable')
    await access.touch(profile)
    const me = { personId: profile.personId, username: profile.username, deviceId: device.deviceId }
    return enter({ me, dataKey: key, device, session: null, passwordChangeRequired: false })
  }

  const loginOnline = async (username: string, password: string): Promise<Result<null>> => {
    const profile = await access.find(username)
    let device = (profile === null ? null : await access.deviceOf(profile.personId)) ?? (await newDevice())
    const ask = (id: string) => api.call('login', { username, password, device: { id, name: options.deviceName } })
    let answer = await ask(device.deviceId)
    if (!answer.ok && answer.code === 'device-revoked') {
      // This device was struck off, or belongs to another person at a hub that was set up anew: it may come back as a new one.
      device = await newDevice()
      answer = await ask(device.deviceId)
    }
    if (!answer.ok) {
      waitMs = answer.waitMs
      return answer.reached ? refuse(answer.code) : unlockOffline(profile, password)
    }
    const { personId } = answer.value
    const finding = await access.findKey(profile, personId, password)
    switch (finding.kind) {
      case 'found':
        if (profile !== null) await access.touch(profile)
        return admitted(username, finding.dataKey, device, answer.value)
      case 'new': {
        const key = await access.startAfresh(personId)
        await access.remember(username, personId, key, password)
        return admitted(username, key, device, answer.value)
      }
      case 'sealed':
        sealed = { profile: finding.profile, password, device, answer: answer.value }
        state.set({ kind: 'sealed', username, unsent: finding.unsent })
        return ok(null)
    }
  }

  /** The browser's storage may fail anywhere on the way in; then nobody is in. */
  const guarded = async (work: () => Promise<Result<null>>): Promise<Result<null>> => {
    try {
      const result = await work()
      if (!result.ok && state.current().kind !== 'in') credential = null
      return result
    } catch (error) {
      credential = null
      return refuse(storageCode(error))
    }
  }

  return {
    state,
    credential: () => credential,
    start: async () => {
      const kept = await credentials.read()
      const key = kept === null ? null : fromBase64Url(kept.dataKey)
      const entered = await guarded(async () => {
        if (kept?.hub !== hub || key === null) return refuse('not-logged-in')
        const device = await access.deviceOf(kept.personId)
        if (device === null) return refuse('not-logged-in')
        const me = { personId: kept.personId, username: kept.username, deviceId: device.deviceId }
        const { session, passwordChangeRequired } = kept
        return enter({ me, dataKey: key, device, session, passwordChangeRequired })
      })
      if (entered.ok) return
      state.set({
        kind: 'out',
        reason: entered.code === 'not-logged-in' ? null : entered.code,
        lastUsername: kept?.username ?? null,
      })
    },
    login: async (username, password) => {
      waitMs = null
      const result = await guarded(() => loginOnline(username.trim().toLowerCase(), password))
      return result.ok ? { ok: true } : { ok: false, code: result.code, waitMs }
    },
    openSealed: (oldPassword) =>
      guarded(async () => {
        if (sealed === null) return refuse('not-logged-in')
        const { profile, password, device, answer } = sealed
        const key = await access.unwrap(profile, oldPassword)
        if (key === null) return refuse('login-failed')
        await access.remember(profile.username, profile.personId, key, password)
        sealed = null
        return admitted(profile.username, key, device, answer)
      }),
    giveUpSealed: () =>
      guarded(async () => {
        if (sealed === null) return refuse('not-logged-in')
        const { profile, password, device, answer } = sealed
        const key = await access.startAfresh(profile.personId)
        await access.remember(profile.username, profile.personId, key, password)
        sealed = null
        return admitted(profile.username, key, device, answer)
      }),
    changePassword: async (current, next) => {
      const now = state.current()
      if (now.kind !== 'in' || dataKey === null) return refuse('not-logged-in')
      const answer = await api.call('changePassword', { current, next })
      if (!answer.ok) return refuse(answer.code)
      const { me } = now
      try {
        await access.remember(me.username, me.personId, dataKey, next)
      } catch (error) {
        return refuse(storageCode(error))
      }
      const common = {
        hub,
        username: me.username,
        personId: me.personId,
        session: credential,
        dataKey: toBase64Url(dataKey),
      }
      await credentials.write({ ...common, passwordChangeRequired: false })
      state.set({ ...now, passwordChangeRequired: false })
      return ok(null)
    },
    logout: async ({ removeData } = { removeData: false }) => {
      const now = state.current()
      if (now.kind !== 'in') return leave(null, now.kind === 'sealed' ? now.username : null)
      await options.keepSession(now.workplace, null)
      if (credential !== null) await api.call('logout', {})
      await credentials.clear()
      const { username, personId } = now.me
      await leave(null, removeData ? null : username)
      if (removeData) await access.erase(username, personId)
    },
    ended: async (session, reason) => {
      const now = state.current()
      if (session !== credential || now.kind !== 'in') return
      credential = null
      await options.keepSession(now.workplace, null)
      await credentials.clear()
      await leave(reason, now.me.username)
    },
    expire: async () => {
      const now = state.current()
      if (now.kind !== 'in' || credential !== null) return
      await credentials.clear()
      await leave('not-logged-in', now.me.username)
    },
  }
}
