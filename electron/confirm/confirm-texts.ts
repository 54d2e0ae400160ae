// The sentences of the PIN window in two languages, Vietnamese first.
import en from './en.json' with { type: 'json' }
import vi from './vi.json' with { type: 'json' }

export type Language = 'vi' | 'en'
export type TextKey = keyof typeof vi

/** A key that one of the files lacks does not compile. */
const TEXTS: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { vi, en }

export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

export function sayIn(language: Language): Say {
  return (key, values = {}) =>
    TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
