// Which pages may call the agent: a code that works once, given to the page we opened, is exchanged for a secret that the page keeps.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { AGENT_LIMITS } from '../../shared/desktop/agent-wire.ts'

export interface Pairing {
  /** A fresh code; it dies with its first use, after its time, or when too many wrong ones were tried. */
  issue(): string
  /** @returns the page's secret, or null */
  exchange(code: string): string | null
  accepts(secret: string): boolean
}

/** @param now milliseconds, monotonic */
export function createPairing(now: () => number): Pairing {
  const codes = new Map<string, number>()
  const secrets: string[] = []
  let wrong = 0

  return {
    issue: () => {
      const code = randomWord()
      codes.set(code, now() + AGENT_LIMITS.codeLifeMs)
      return code
    },
    exchange: (code) => {
      // Nobody mistypes a code that comes with the page: wrong ones are guesses of another program.
      if (wrong >= AGENT_LIMITS.wrongCodes) return null
      const known = Array.from(codes.keys()).find((candidate) => isSame(candidate, code))
      const until = known === undefined ? undefined : codes.get(known)
      if (known !== undefined) codes.delete(known)
      if (until === undefined || now() > until) {
        wrong++
        return null
      }
      const secret = randomWord()
      secrets.push(secret)
      if (secrets.length > AGENT_LIMITS.secrets) secrets.shift()
      return secret
    },
    accepts: (secret) => secrets.some((known) => isSame(known, secret)),
  }
}

function randomWord(): string {
  return randomBytes(32).toString('base64url')
}

/** The time it takes tells nothing of how much of a guess was right. */
function isSame(known: string, given: string): boolean {
  const a = Buffer.from(known)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
