// The sessions of one driver: at most one a token, each with its login, its matched keys, and its PIN only where a key asks for it again.
import { randomUUID } from 'node:crypto'
import type { Handle } from 'pkcs11js'
import { CKF } from './cryptoki.ts'
import type { SigningHash } from './mechanisms.ts'
import { attempt, type LoadedModule } from './module-loader.ts'
import { faultOf, TokenFault } from './pkcs11-errors.ts'
import type { RawCertificate } from './protocol.ts'
import { checkBeforeLogin, openLoggedIn, type LoginWish } from './token-login.ts'
import {
  matchKey,
  publicKeyOf,
  readCertificates,
  readKeys,
  type StoredCertificate,
  type StoredKey,
} from './token-objects.ts'
import { signOnToken, type TokenSignature } from './token-signing.ts'
import { findToken, type TokenName } from './token-slots.ts'

interface Session {
  readonly id: string
  readonly name: TokenName
  readonly slot: Handle
  readonly handle: Handle
  readonly pin: Uint8Array | null | undefined
  readonly certificates: readonly StoredCertificate[]
  readonly keys: readonly StoredKey[]
}

export interface SignCall {
  readonly certificate: Uint8Array
  readonly data: Uint8Array
  readonly hash: SigningHash
  readonly prefer: 'pkcs1' | 'pss'
}

/** All functions throw TokenFault or what the driver threw. */
export interface TokenSessions {
  open(name: TokenName, wish: LoginWish): Promise<{ readonly session: string; readonly name: TokenName }>
  sign(session: string, call: SignCall): Promise<TokenSignature>
  certificates(name: TokenName): readonly RawCertificate[]
  end(session: string): void
  endAll(): void
  /** The lane of the token's queue; unknown sessions share one. */
  laneOf(session: string): string
}

export function laneOfToken({ serial, label }: TokenName): string {
  return JSON.stringify([serial, label])
}

/** Faults after which a session is of no more use, and its PIN must not stay. */
const ENDS_SESSION: ReadonlySet<string> = new Set([
  'token-removed',
  'pin-wrong',
  'pin-few-left',
  'pin-last-try',
  'pin-locked',
  'pin-must-change',
])

export function createTokenSessions(module: LoadedModule): TokenSessions {
  const { pkcs11 } = module
  const sessions = new Map<string, Session>()

  const end = (id: string): void => {
    const session = sessions.get(id)
    if (session === undefined) return
    sessions.delete(id)
    session.pin?.fill(0)
    attempt(() => pkcs11.C_Logout(session.handle))
    attempt(() => pkcs11.C_CloseSession(session.handle))
  }

  /** A session whose token was pulled and put back does not stand in the way of the next. */
  const openOn = (name: TokenName): Session | undefined => {
    const session = [...sessions.values()].find((each) => laneOfToken(each.name) === laneOfToken(name))
    if (session === undefined || attempt(() => pkcs11.C_GetSessionInfo(session.handle)) !== null) return session
    end(session.id)
    return undefined
  }

  return {
    open: async (wanted, wish) => {
      let keepsPin = false
      try {
        const token = findToken(pkcs11, wanted)
        const { name } = token.report
        if (openOn(name) !== undefined) throw new TokenFault('busy')
        checkBeforeLogin(token.report, wish)
        const handle = await openLoggedIn(module, token, wish.pin)
        const objects = readObjects(module, handle)
        keepsPin = objects.keys.some((key) => key.alwaysAuthenticate)
        const id = randomUUID()
        sessions.set(id, {
          id,
          name,
          slot: token.slot,
          handle,
          pin: keepsPin || wish.pin === null ? wish.pin : undefined,
          ...objects,
        })
        return { session: id, name }
      } finally {
        if (!keepsPin) wish.pin?.fill(0)
      }
    },

    sign: async (id, { certificate: der, ...wish }) => {
      const session = sessions.get(id)
      if (session === undefined) throw new TokenFault('session-ended')
      const certificate = session.certificates.find((each) => each.der.equals(der))
      if (certificate === undefined) throw new TokenFault('certificate-not-found')
      const publicKey = publicKeyOf(der)
      const key = matchKey(certificate, publicKey, session.keys)
      if (key === 'missing') throw new TokenFault('key-missing')
      if (key === 'mismatch') throw new TokenFault('key-mismatch')
      try {
        return await signOnToken({ ...session, module }, key, { ...wish, publicKey })
      } catch (error) {
        if (ENDS_SESSION.has(faultOf(error).code)) end(id)
        throw error
      }
    },

    certificates: (name) => {
      const token = findToken(pkcs11, name)
      const session = openOn(token.report.name)
      if (session !== undefined) return session.certificates.map((each) => describe(each, session.keys, true))
      const handle = pkcs11.C_OpenSession(token.slot, CKF.SERIAL_SESSION)
      try {
        const { certificates, keys } = readObjects(module, handle)
        return certificates.map((each) => describe(each, keys, false))
      } finally {
        attempt(() => pkcs11.C_CloseSession(handle))
      }
    },

    end,
    endAll: () => [...sessions.keys()].forEach(end),
    laneOf: (id) => {
      const session = sessions.get(id)
      return session === undefined ? '' : laneOfToken(session.name)
    },
  }
}

function readObjects(
  module: LoadedModule,
  handle: Handle,
): { readonly certificates: readonly StoredCertificate[]; readonly keys: readonly StoredKey[] } {
  const place = { pkcs11: module.pkcs11, handle }
  return { certificates: readCertificates(place), keys: readKeys(place) }
}

function describe(certificate: StoredCertificate, keys: readonly StoredKey[], loggedIn: boolean): RawCertificate {
  const { der, label } = certificate
  const raw = { der: Uint8Array.from(der), label: label.slice(0, 1024) }
  const publicKey = attempt(() => publicKeyOf(der))
  if (publicKey === null) return { ...raw, key: 'unknown' }
  const match = matchKey(certificate, publicKey, keys)
  if (match === 'missing') return { ...raw, key: loggedIn ? 'missing' : 'unknown' }
  return { ...raw, key: match === 'mismatch' ? 'mismatch' : 'present' }
}
