// Builds the fault-injecting PKCS#11 module with the machine's gcc, and switches its faults on and off through files.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface FaultShim {
  readonly modulePath: string
  readonly environment: { readonly TRA_MY_SHIM_DIR: string; readonly TRA_MY_SHIM_REAL: string }
  /** @param name as `shim.c` reads it @param content numbers or a text, where the fault has one */
  on(name: string, content?: string | number): void
  off(name: string): void
  content(name: string): string
  /** All faults off, the log empty. */
  reset(): void
  /** The calls the shim logged: `login user=1 pin=given`, `sign-init 0x40` … */
  calls(): readonly string[]
}

/** @param real the module behind the shim @param folder an existing folder of the test's own */
export function buildFaultShim(real: string, folder: string): FaultShim {
  const modulePath = join(folder, 'shim.so')
  const faults = join(folder, 'faults')
  const source = join(import.meta.dirname, 'shim.c')
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror', '-o', modulePath, source, '-ldl'])
  mkdirSync(faults)
  const file = (name: string): string => join(faults, name)
  const content = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '')
  return {
    modulePath,
    environment: { TRA_MY_SHIM_DIR: faults, TRA_MY_SHIM_REAL: real },
    on: (name, text = '') => writeFileSync(file(name), String(text)),
    off: (name) => rmSync(file(name), { force: true }),
    content,
    reset: () => {
      rmSync(faults, { recursive: true, force: true })
      mkdirSync(faults)
    },
    calls: () => content('calls.log').split('\n').filter(Boolean),
  }
}
