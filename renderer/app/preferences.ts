// What a person chose for the eyes: language and size of type, kept on this device for whoever uses it. The colour scheme is Mantine's.
import { useSyncExternalStore } from 'react'
import { i18n, isLanguage, type Language } from '../i18n/index.ts'

export interface Preferences {
  readonly language: Language
  readonly largeType: boolean
}

const KEY = 'tra-my.preferences'
const FIRST: Preferences = { language: 'vi', largeType: false }

let current: Preferences = FIRST
const listeners = new Set<() => void>()

/** What cannot be read is the first choice: preferences are never a reason not to start. */
export function readPreferences(text: string | null): Preferences {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null) return FIRST
    const language = 'language' in value && isLanguage(value.language) ? value.language : FIRST.language
    return { language, largeType: 'largeType' in value && value.largeType === true }
  } catch {
    return FIRST
  }
}

/** Call once, before the first screen. */
export function loadPreferences(): Preferences {
  current = readPreferences(localStorage.getItem(KEY))
  applyLargeType(current.largeType)
  return current
}

/** @throws nothing: where the browser keeps nothing, the choice holds until the window closes */
export async function setPreferences(change: Partial<Preferences>): Promise<void> {
  current = { ...current, ...change }
  applyLargeType(current.largeType)
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // Full or forbidden storage: the choice still holds in this window.
  }
  for (const listener of listeners) listener()
  if (change.language !== undefined) await i18n.changeLanguage(change.language)
}

function applyLargeType(on: boolean): void {
  if (on) document.documentElement.dataset['largeType'] = ''
  else delete document.documentElement.dataset['largeType']
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
