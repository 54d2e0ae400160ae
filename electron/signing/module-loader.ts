// Loads one PKCS#11 module into the signing process, once; what does not load is refused by what is wrong with it.
import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { PKCS11 } from 'pkcs11js'
import { CKF, CKR } from './cryptoki.ts'
import { returnValueOf, TokenFault } from './pkcs11-errors.ts'

export interface LoadedModule {
  readonly path: string
  readonly pkcs11: PKCS11
  /** The driver locks by itself (CKF_OS_LOCKING_OK), so two of its tokens may work at the same time. */
  readonly locks: boolean
  readonly description: string
  readonly manufacturer: string
}

/** @throws TokenFault `no-native`, `module-missing`, `module-wrong-architecture`, `module-not-pkcs11` or `failed` */
export function loadModule(path: string): LoadedModule {
  const native = loadNative()
  checkFile(path)
  const pkcs11 = new native.PKCS11()
  try {
    pkcs11.load(path)
  } catch {
    // Does not link, or has no C_GetFunctionList.
    throw new TokenFault('module-not-pkcs11')
  }
  const locks = initialise(pkcs11)
  // Some drivers fill in nothing here; that is no reason to refuse them.
  const info = attempt(() => pkcs11.C_GetInfo())
  return {
    path,
    pkcs11,
    locks,
    description: unpad(info?.libraryDescription ?? ''),
    manufacturer: unpad(info?.manufacturerID ?? ''),
  }
}

/** @returns whether the driver promised to lock; one that cannot is called by one thread at a time */
function initialise(pkcs11: PKCS11): boolean {
  try {
    pkcs11.C_Initialize({ flags: CKF.OS_LOCKING_OK })
    return true
  } catch (error) {
    const rv = returnValueOf(error)
    if (rv !== CKR.CANT_LOCK && rv !== CKR.ARGUMENTS_BAD) throw new TokenFault('failed')
  }
  try {
    pkcs11.C_Initialize()
    return false
  } catch {
    throw new TokenFault('failed')
  }
}

/** The package is optional: a machine without a compiler installs all the same, and says so here. */
function loadNative(): { readonly PKCS11: new () => PKCS11 } {
  try {
    return createRequire(import.meta.url)('pkcs11js') as { readonly PKCS11: new () => PKCS11 }
  } catch {
    throw new TokenFault('no-native')
  }
}

/** e_machine of ELF, Machine of PE/COFF. A 32-bit driver in a 64-bit application is the commonest reason why one "does not work". */
const MACHINES: Readonly<Record<string, { readonly elf: number; readonly pe: number }>> = {
  x64: { elf: 0x3e, pe: 0x8664 },
  arm64: { elf: 0xb7, pe: 0xaa64 },
  ia32: { elf: 0x03, pe: 0x14c },
}

function checkFile(path: string): void {
  const head = readHead(path)
  if (head === null) throw new TokenFault('module-missing')
  const machine = MACHINES[process.arch]
  const built = machineOf(head)
  if (machine === undefined || built === null) return
  if (built.value !== machine[built.format]) throw new TokenFault('module-wrong-architecture')
}

/** Mach-O is left to the loader: its files usually hold several architectures. */
function machineOf(head: Buffer): { readonly format: 'elf' | 'pe'; readonly value: number } | null {
  if (head.length >= 20 && head.readUInt32BE(0) === 0x7f454c46) return { format: 'elf', value: head.readUInt16LE(18) }
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return null
  const at = head.readUInt32LE(60)
  if (at + 6 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return null
  return { format: 'pe', value: head.readUInt16LE(at + 4) }
}

const HEAD_BYTES = 4096

function readHead(path: string): Buffer | null {
  try {
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(HEAD_BYTES)
      return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0))
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

/** Texts of Cryptoki are filled up with spaces; some drivers fill with zeros. */
export function unpad(text: string): string {
  return text.replace(/[\0 ]+$/u, '').trim()
}

/** For what a driver may refuse without harm. */
export function attempt<T>(call: () => T): T | null {
  try {
    return call()
  } catch {
    return null
  }
}
