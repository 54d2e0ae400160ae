// Tokens and signatures for the rest of the application: asks the signing processes, one a driver, and never lets a fault of theirs through.
import { describeCertificate, type TokenCertificate } from './certificate-info.ts'
import { CALL_LIMITS, createDriver, pollDriver, probeDriver, type CallLimits, type Driver } from './driver.ts'
import type { SigningAlgorithm, SigningHash } from './mechanisms.ts'
import type { ModuleCandidate } from './module-table.ts'
import { PROTOCOL_LIMITS, type PinState, type TokenReport } from './protocol.ts'
import type { SpawnSigning } from './signing-child.ts'
import { done, fault, type SigningFaultCode, type SigningResult } from './signing-fault.ts'
import { repeatUntilStopped, settleSlots, watchedTokens } from './token-watch.ts'

/** Stays the same when the token moves to another slot or is plugged in again. An empty serial means: whichever has this label. */
export interface TokenId {
  /** Path of the driver. */
  readonly module: string
  readonly serial: string
  readonly label: string
}

export interface ModuleState extends ModuleCandidate {
  readonly status: 'ready' | SigningFaultCode
  /** What the driver says of itself. */
  readonly description: string
}

export interface TokenState {
  readonly id: TokenId
  readonly issuer: string
  readonly slot: string
  readonly manufacturer: string
  readonly model: string
  readonly pin: PinState
  /** `openSession` must be given `'pin-pad'`. */
  readonly pinPad: boolean
  readonly pinLength: { readonly min: number; readonly max: number } | null
  /** The same device, seen by a driver further up in the list: offer that one. */
  readonly sameAs: TokenId | null
}

export interface SignRequest {
  /** DER; must be on the token. */
  readonly certificate: Uint8Array
  /** What is signed: the DER of the signed attributes. */
  readonly data: Uint8Array
  readonly hash: SigningHash
  /** A wish: without the mechanism, or where the certificate allows only PSS, the answer says what was done. Default `pkcs1`. */
  readonly prefer?: 'pkcs1' | 'pss'
}

export interface SignedBytes {
  readonly algorithm: SigningAlgorithm
  /** ECDSA as DER. Verified with the certificate's public key. */
  readonly signature: Uint8Array
}

export interface TokenSession {
  readonly token: TokenId
  /** As after login: private certificates too, and whether each has its key. */
  certificates(): Promise<SigningResult<readonly TokenCertificate[]>>
  sign(request: SignRequest): Promise<SigningResult<SignedBytes>>
  /** Logs out; never fails. */
  end(): Promise<void>
}

export interface OpenOptions {
  /** The person has confirmed that this is the last try before the token locks; without it such a token is refused. */
  readonly acceptLastTry?: boolean
}

export interface SigningClient {
  /** Loads every driver found, those at rest after a fault too. */
  modules(): Promise<readonly ModuleState[]>
  /** Tokens that are plugged in now. */
  tokens(): Promise<readonly TokenState[]>
  certificates(token: TokenId): Promise<SigningResult<readonly TokenCertificate[]>>
  /** Calls with the whole list at once, and at each plug, pull or change of a PIN's state, within 1.5 s. @returns stops it */
  watch(listener: (tokens: readonly TokenState[]) => void): () => void
  /** @param pin its bytes are zeroed before this returns. One call is at most one try. */
  openSession(token: TokenId, pin: Uint8Array | 'pin-pad', options?: OpenOptions): Promise<SigningResult<TokenSession>>
  /** Logs out everywhere and ends the processes. */
  close(): Promise<void>
}

export interface ClientParts {
  readonly spawn: SpawnSigning
  readonly candidates: () => readonly ModuleCandidate[]
  /** ms since 1970, to say whether a certificate has expired. */
  readonly now: () => number
  readonly limits?: Partial<CallLimits>
}

/** How often a driver that throws while its card is being powered is looked at again before the list is given. */
const SETTLING_LOOKS = 3

export function createSigningClient(parts: ClientParts): SigningClient {
  const limits = { ...CALL_LIMITS, ...parts.limits }
  const drivers = new Map<string, Driver>()
  const listeners = new Set<(tokens: readonly TokenState[]) => void>()
  const watches = new Map<string, () => void>()

  const findDrivers = (): readonly Driver[] => {
    for (const candidate of parts.candidates()) {
      if (drivers.has(candidate.path)) continue
      drivers.set(candidate.path, createDriver(candidate, parts.spawn, limits))
    }
    return [...drivers.values()]
  }
  const driverOf = (token: TokenId): Driver | undefined => {
    if (!drivers.has(token.module)) findDrivers()
    return drivers.get(token.module)
  }

  const lookAt = async (driver: Driver): Promise<readonly TokenState[]> => {
    for (let look = 1; ; look += 1) {
      const slots = await pollDriver(driver)
      if (!slots.ok) return []
      if (look < SETTLING_LOOKS && slots.value.some((slot) => slot.state === 'unsettled')) continue
      return slots.value.flatMap((slot) =>
        slot.state === 'token' ? [tokenState(driver, slot.description, slot.token)] : [],
      )
    }
  }

  const watched = (): readonly TokenState[] =>
    markSame(
      [...drivers.values()].flatMap((driver) =>
        watchedTokens(driver.watched).map(({ slot, token }) => tokenState(driver, slot, token)),
      ),
    )
  let told = ''
  const startWatching = (): void => {
    for (const driver of findDrivers()) {
      const turn = async (): Promise<void> => {
        const slots = await pollDriver(driver)
        driver.watched = settleSlots(driver.watched, slots.ok ? slots.value : null)
        const tokens = watched()
        const now = JSON.stringify(tokens)
        if (now === told) return
        told = now
        for (const listener of listeners) listener(tokens)
      }
      if (!watches.has(driver.candidate.path)) watches.set(driver.candidate.path, repeatUntilStopped(turn))
    }
  }
  const stopWatching = (): void => {
    for (const stop of watches.values()) stop()
    watches.clear()
    told = ''
  }

  const readCertificates = async (driver: Driver, { serial, label }: TokenId) => {
    const terms = { limitMs: limits.certificates, lane: JSON.stringify([serial, label]) }
    const answer = await driver.link.call<'certificates'>({ type: 'certificates', token: { serial, label } }, terms)
    return answer.ok ? done(answer.value.map((raw) => describeCertificate(raw, parts.now()))) : answer
  }

  const sessionOn = (driver: Driver, token: TokenId, session: string, onPinPad: boolean): TokenSession => {
    const lane = JSON.stringify([token.serial, token.label])
    return {
      token,
      certificates: () => readCertificates(driver, token),
      sign: ({ prefer = 'pkcs1', ...request }) =>
        driver.link.call<'sign'>(
          { type: 'sign', session, prefer, ...request },
          { limitMs: onPinPad ? limits.sign + limits.pinPad : limits.sign, lane },
        ),
      end: async () => {
        if (driver.link.running) await driver.link.call<'end'>({ type: 'end', session }, { limitMs: limits.end, lane })
      },
    }
  }

  return {
    modules: async () => {
      const states = await Promise.all(
        findDrivers().map(async (driver) => {
          const loaded = await probeDriver(driver)
          const description = loaded.ok ? loaded.value.description : ''
          return { ...driver.candidate, status: loaded.ok ? ('ready' as const) : loaded.fault.code, description }
        }),
      )
      if (listeners.size > 0) startWatching()
      return states
    },
    tokens: async () => markSame((await Promise.all(findDrivers().map(lookAt))).flat()),
    certificates: async (token) => {
      const driver = driverOf(token)
      return driver === undefined ? fault('module-missing') : await readCertificates(driver, token)
    },
    watch: (listener) => {
      listeners.add(listener)
      // Whoever comes later hears what the others know.
      if (watches.size > 0) queueMicrotask(() => listener(watched()))
      startWatching()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stopWatching()
      }
    },
    openSession: async (token, pin, { acceptLastTry = false } = {}) => {
      const onPinPad = pin === 'pin-pad'
      try {
        const driver = driverOf(token)
        if (driver === undefined) return fault('module-missing')
        if (!onPinPad && (pin.length === 0 || pin.length > PROTOCOL_LIMITS.pinBytes)) return fault('pin-length')
        const { serial, label } = token
        const opened = await driver.link.call<'open'>(
          { type: 'open', token: { serial, label }, pin: onPinPad ? null : pin, acceptLastTry },
          { limitMs: onPinPad ? limits.pinPad : limits.login, lane: JSON.stringify([serial, label]) },
        )
        if (!opened.ok) return opened
        const found = { module: token.module, ...opened.value.name }
        return done(sessionOn(driver, found, opened.value.session, onPinPad))
      } finally {
        if (!onPinPad) pin.fill(0)
      }
    },
    close: async () => {
      stopWatching()
      listeners.clear()
      const running = [...drivers.values()].filter((driver) => driver.link.running)
      await Promise.all(
        running.map(async ({ link }) => {
          await link.call<'close'>({ type: 'close' }, { limitMs: limits.close, lane: 'close' })
          link.stop()
        }),
      )
    },
  }
}

function tokenState({ candidate }: Driver, slot: string, token: TokenReport): TokenState {
  const { name, ...rest } = token
  return { id: { module: candidate.path, ...name }, issuer: candidate.name, slot, ...rest, sameAs: null }
}

/** Two drivers often see one device; without a serial number nothing says that it is one. */
function markSame(tokens: readonly TokenState[]): readonly TokenState[] {
  return tokens.map((token, index) => {
    const { serial, label, module } = token.id
    const first = tokens
      .slice(0, index)
      .find(({ id }) => serial !== '' && id.serial === serial && id.label === label && id.module !== module)
    return first === undefined ? token : { ...token, sameAs: first.id }
  })
}
