// Signing with a certificate in a file, from the rest of the application: a process of its own reads it, so the key is never here.
import { describeCertificate, type TokenCertificate } from './certificate-info.ts'
import type { ClientParts, TokenSession } from './client.ts'
import { createProcessLink } from './process-link.ts'
import { PROTOCOL_LIMITS } from './protocol.ts'
import { done, fault, type SigningResult } from './signing-fault.ts'

/** As a token's session; `end` ends the process that holds the key. */
export type SoftSession = Omit<TokenSession, 'token'>

/** Hashing a password a million times in JavaScript takes some seconds on a slow machine; what takes longer is a file made to. */
const SOFT_MS = { open: 30_000, sign: 10_000 } as const
const LANE = 'file'

/**
 * @param file PKCS#12 @param password its bytes are zeroed before this returns
 * @returns `soft-password-wrong`, `soft-unreadable`, `soft-too-large`, `soft-too-many-iterations` … ; `driver-hung` for a file that takes too long
 */
export async function openSoftCertificate(
  { spawn, now }: Pick<ClientParts, 'spawn' | 'now'>,
  file: Uint8Array,
  password: Uint8Array,
  limits: { readonly open: number; readonly sign: number } = SOFT_MS,
): Promise<SigningResult<SoftSession>> {
  const link = createProcessLink(null, spawn, limits.open)
  try {
    if (file.length > PROTOCOL_LIMITS.softFileBytes) return fault('soft-too-large')
    if (file.length === 0) return fault('soft-unreadable')
    if (password.length > PROTOCOL_LIMITS.passwordBytes) return fault('soft-password-wrong')
    const opened = await link.call<'open-file'>(
      { type: 'open-file', file, password },
      { limitMs: limits.open, lane: LANE },
    )
    if (!opened.ok) {
      link.stop()
      return opened
    }
    const { session, certificates } = opened.value
    const described = (): readonly TokenCertificate[] => certificates.map((raw) => describeCertificate(raw, now()))
    return done({
      certificates: () => Promise.resolve(done(described())),
      sign: async ({ prefer = 'pkcs1', ...request }) =>
        link.running
          ? await link.call<'sign'>({ type: 'sign', session, prefer, ...request }, { limitMs: limits.sign, lane: LANE })
          : fault('session-ended'),
      end: () => {
        link.stop()
        return Promise.resolve()
      },
    })
  } finally {
    password.fill(0)
  }
}
