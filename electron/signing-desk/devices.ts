// What is plugged in, from the desktop's own watch: a page may ask as often as it likes and never makes a token work for it.
import { createHash } from 'node:crypto'
import type { BridgeResponse } from '../../shared/desktop/contract.ts'
import { SIGNING_LIMITS } from '../../shared/desktop/signing-contract.ts'
import type { TokenCertificate } from '../signing/certificate-info.ts'
import type { ModuleState, SigningClient, TokenId, TokenState } from '../signing/client.ts'
import type { SigningResult } from '../signing/signing-fault.ts'
import type { Schedule } from './schedule.ts'

type DevicesAnswer = BridgeResponse<'signing.devices'>

export interface KnownToken {
  readonly state: TokenState
  readonly certificates: SigningResult<readonly TokenCertificate[]>
}

export interface Devices {
  /** As the bridge says it. The first call waits for the drivers; later ones answer at once. */
  answer(): Promise<DevicesAnswer>
  find(id: TokenId): Promise<KnownToken | null>
  /** What is known at this moment, without waiting. */
  pinOf(id: TokenId): TokenState['pin'] | 'absent'
  close(): void
}

/** The watch ends when nobody has asked for so long. */
const QUIET_MS = 30_000
/** A driver that was installed or mended meanwhile is found when the page has been open for so long. */
const MODULES_MS = 30_000

interface Watching {
  readonly stop: () => void
  readonly first: Promise<void>
  modules: readonly ModuleState[]
  modulesAt: number
  tokens: readonly TokenState[]
}

/** @param now monotonic or not, in ms */
export function createDevices(client: SigningClient, schedule: Schedule, now: () => number): Devices {
  let watching: Watching | null = null
  let stopQuiet = (): void => undefined
  /** Read once a plugging in. */
  const certificates = new Map<string, Promise<KnownToken['certificates']>>()
  const read = new Map<string, KnownToken['certificates']>()

  const learn = (state: TokenState): Promise<KnownToken['certificates']> => {
    const key = keyOf(state.id)
    const reading = certificates.get(key) ?? client.certificates(state.id)
    if (!certificates.has(key)) {
      certificates.set(key, reading)
      void reading.then((result) => {
        if (certificates.get(key) !== reading) return
        read.set(key, result)
        // What could not be read is tried again when somebody asks.
        if (!result.ok) certificates.delete(key)
      })
    }
    return reading
  }
  const heard = (tokens: readonly TokenState[]): void => {
    const here = new Set(tokens.map(({ id }) => keyOf(id)))
    for (const key of [...certificates.keys(), ...read.keys()]) {
      if (here.has(key)) continue
      certificates.delete(key)
      read.delete(key)
    }
    if (watching !== null) watching.tokens = tokens
    for (const token of tokens) void learn(token)
  }
  const start = (): Watching => {
    const stop = client.watch(heard)
    const first = Promise.all([client.modules(), client.tokens()]).then(async ([modules, tokens]) => {
      if (watching?.stop !== stop) return
      watching.modules = modules
      watching.modulesAt = now()
      if (watching.tokens.length === 0) heard(tokens)
      await Promise.all(watching.tokens.map(learn))
    })
    return { stop, first, modules: [], modulesAt: now(), tokens: [] }
  }
  const end = (): void => {
    watching?.stop()
    watching = null
    certificates.clear()
    read.clear()
  }
  const current = async (): Promise<Watching> => {
    stopQuiet()
    stopQuiet = schedule(QUIET_MS, end)
    watching ??= start()
    const now_ = watching
    await now_.first
    if (now() - now_.modulesAt > MODULES_MS) {
      now_.modulesAt = now()
      void client.modules().then((modules) => (now_.modules = modules))
    }
    return now_
  }

  return {
    answer: async () => {
      const { modules, tokens } = await current()
      return {
        modules: modules
          .slice(0, SIGNING_LIMITS.modules)
          .map(({ name, status, description }) => ({ name, status, description })),
        // One whose certificates are being read is not shown half.
        tokens: tokens.slice(0, SIGNING_LIMITS.tokens).flatMap((state) => {
          if (!read.get(keyOf(state.id))?.ok) void learn(state)
          const known = read.get(keyOf(state.id))
          return known === undefined ? [] : [shown({ state, certificates: known })]
        }),
      }
    },
    find: async (id) => {
      const { tokens } = await current()
      const state = tokens.find((each) => keyOf(each.id) === keyOf(id))
      return state === undefined ? null : { state, certificates: await learn(state) }
    },
    pinOf: (id) => watching?.tokens.find((each) => keyOf(each.id) === keyOf(id))?.pin ?? 'absent',
    close: () => {
      stopQuiet()
      end()
    },
  }
}

/** SHA-256 of the DER, lower-case hex: how a page names a certificate. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

function keyOf({ module, serial, label }: TokenId): string {
  return JSON.stringify([module, serial, label])
}

function shown({ state, certificates }: KnownToken): DevicesAnswer['tokens'][number] {
  const { id, issuer, manufacturer, model, pin, pinPad, sameAs } = state
  const listed = certificates.ok ? certificates.value.slice(0, SIGNING_LIMITS.certificates) : []
  return {
    ...{ id, issuer, manufacturer, model, pin, pinPad, duplicate: sameAs !== null },
    certificates: listed.map(({ der, info, obstacles, expiresSoon, hasKey }) => ({
      fingerprint: fingerprintOf(der),
      subject: info?.subject ?? '',
      commonName: info?.commonName ?? null,
      organization: info?.organization ?? null,
      issuer: info?.issuer ?? '',
      serialNumber: info?.serialNumber ?? '',
      notBefore: isoOf(info?.notBefore),
      notAfter: isoOf(info?.notAfter),
      ...{ obstacles: [...obstacles], expiresSoon, hasKey },
    })),
    fault: certificates.ok ? null : certificates.fault.code,
  }
}

/** null for a year that ISO 8601 writes with a sign: a certificate may say so, and no person has it. */
function isoOf(time: number | undefined): string | null {
  if (time === undefined || !(Math.abs(time) < 8.64e15)) return null
  const text = new Date(time).toISOString()
  return text.length === 24 ? text : null
}
