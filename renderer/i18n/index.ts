// The language of the screens: Vietnamese first, English second. Texts are part of the program, so a change of language needs no line.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en, vi } from './resources.ts'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value)
}

/** The one instance; code outside components (notifications, titles) reads texts from it. */
export const i18n = i18next

/** Call once before the first screen. A missing English text falls back to Vietnamese. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi, en },
    defaultNS: 'common',
    // React escapes what it renders; escaping twice would spoil names.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  i18next.on('languageChanged', (next) => {
    document.documentElement.lang = next
  })
  document.documentElement.lang = language
}
