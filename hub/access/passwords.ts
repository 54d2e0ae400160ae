// Passwords: Argon2id, a rule for new ones, and temporary ones that must be replaced.
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { refuse, ok, type Result } from '../../shared/refusal.ts'

/** OWASP's first choice for Argon2id (19 MiB, 2 passes, 1 lane): about 30 ms here, off the main thread. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const MIN_PASSWORD_LENGTH = 10

/** Letters and digits that cannot be mistaken for one another when they are read out or copied by hand. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFC'), ARGON2ID)
}

export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  return await verify(stored, password.normalize('NFC'))
}

/** Length is what counts; a password that is the username or one character repeated is none. */
export function acceptablePassword(password: string, username: string): Result<string> {
  const plain = password.normalize('NFC')
  const weak = plain.length < MIN_PASSWORD_LENGTH || new Set(plain).size < 4 || plain.toLowerCase().includes(username)
  return weak ? refuse('password-too-weak') : ok(plain)
}

/** Twelve readable characters in groups of four: about 59 bits, valid until the first login. */
export function temporaryPassword(): string {
  const group = () => Array.from({ length: 4 }, () => READABLE.charAt(randomInt(READABLE.length))).join('')
  return [group(), group(), group()].join('-')
}
