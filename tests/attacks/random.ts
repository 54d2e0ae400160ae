// Chance that can be repeated: the same seed gives the same run.

export interface Random {
  /** An integer from 0 up to, not including, n. */
  int(n: number): number
  /** One of these; throws for an empty list. */
  pick<T>(from: readonly T[]): T
  /** True once in n times. */
  once(n: number): boolean
}

/** xorshift32. The seed comes from the environment variable, or is drawn and has to be printed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1
  const next = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  const int = (n: number) => Math.floor(next() * n)
  return {
    int,
    pick: (from) => {
      if (from.length === 0) throw new Error('nothing to pick from')
      return from[int(from.length)]!
    },
    once: (n) => int(n) === 0,
  }
}

/** A whole number from the environment, or the default. */
export function numberFromEnvironment(name: string, otherwise: number): number {
  const text = process.env[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} is no whole number`)
  return value
}

/** The seed of this run: `<name>` from the environment, else drawn now. Print it. */
export function seedFromEnvironment(name: string): number {
  return numberFromEnvironment(name, Math.floor(Math.random() * 2 ** 31) + 1)
}
