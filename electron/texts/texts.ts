// The few sentences that the desktop itself says, outside any page: command line, start-up faults. Vietnamese first, English second.
import en from './en.json' with { type: 'json' }
import vi from './vi.json' with { type: 'json' }

/** A key that one of the files lacks fails to compile below. */
export type TextKey = keyof typeof vi

export function vietnamese(key: TextKey): string {
  return vi[key]
}

export function english(key: TextKey): string {
  return en[key]
}

/** Both languages, one line each: nobody has chosen a language yet where these are shown. */
export function bothLanguages(key: TextKey): string {
  return `${vi[key]}\n${en[key]}`
}
