// Teaches i18next the keys: a key that is not in the Vietnamese files does not compile.
import type { vi } from './resources.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof vi
  }
}
