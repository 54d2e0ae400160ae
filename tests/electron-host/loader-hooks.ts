// Node's module hook: `electron` means the test host's module. The run's id travels down the bundle's own relative imports.
import { registerHooks } from 'node:module'

const KEY = 'electron-host'
const ELECTRON = new URL('./electron-module.mjs', import.meta.url).href

let registered = false

/** Once a process; several applications may run in it, each with its own id. */
export function hookElectronImports(): void {
  if (registered) return
  registered = true
  registerHooks({
    resolve: (specifier, context, next) => {
      const run = context.parentURL?.startsWith('file:') ? new URL(context.parentURL).searchParams.get(KEY) : null
      if (run === null) return next(specifier, context)
      if (/^electron(\/main|\/common)?$/.test(specifier)) {
        return { url: `${ELECTRON}?${KEY}=${run}`, shortCircuit: true }
      }
      const found = next(specifier, context)
      return specifier.startsWith('.') ? { ...found, url: `${found.url}?${KEY}=${run}` } : found
    },
  })
}
