// Login on a PIN pad: C_Login with a NULL PIN, which pkcs11js cannot pass (measured: it refuses a missing one and turns '' into a pointer).
import { createRequire } from 'node:module'
import type { Handle } from 'pkcs11js'
import { CKR } from './cryptoki.ts'
import { TokenFault } from './pkcs11-errors.ts'

/** The part of koffi that is used; the package is optional. */
interface Koffi {
  load(path: string): { func(definition: string): (...values: readonly unknown[]) => unknown }
  config(settings: { readonly async_stack_size: number }): unknown
  proto(result: string, parameters: readonly string[]): unknown
  decode(pointer: unknown, offset: number, type: string): unknown
  decode(pointer: unknown, type: unknown): AsyncFunction
}

export type PinPadLogin = (session: Handle, userType: number) => Promise<void>

/** Index of C_Login in CK_FUNCTION_LIST, whose order never changes (PKCS#11 §4.6). */
const C_LOGIN = 18

/**
 * CK_FUNCTION_LIST starts with CK_VERSION, two bytes. Elsewhere the pointers follow at their natural alignment; on Windows Cryptoki is
 * packed to one byte, so they follow at once, and CK_ULONG has 32 bits there (koffi's `ulong` is the platform's).
 */
export function functionOffset(index: number, platform: NodeJS.Platform, pointerBytes: number): number {
  return (platform === 'win32' ? 2 : pointerBytes) + index * pointerBytes
}

/** Drivers draw windows and talk to readers from this call; 128 KiB, what koffi gives, is little. */
const ASYNC_STACK_BYTES = 1024 * 1024
const POINTER_BYTES = 8

/**
 * The module is loaded already: a second load gives the same library, so its sessions are the same.
 * The call runs on another thread: while somebody types on the pad, this process still answers.
 * @throws TokenFault `no-native`
 */
export function openPinPad(modulePath: string): PinPadLogin {
  const login = bound.get(modulePath) ?? bindLogin(loadKoffi(), modulePath)
  bound.set(modulePath, login)
  return (session, userType) =>
    new Promise((loggedIn, failed) => {
      login.async(ulong(session), userType, null, 0, (error: unknown, rv: unknown) => {
        const code = Number(rv)
        if (error === null && code === CKR.OK) loggedIn()
        // In the words of pkcs11js, so that both kinds of login are read alike.
        else failed(new Error(`CKR_LOGIN:${String(code)}`))
      })
    })
}

interface AsyncFunction {
  async(...values: readonly unknown[]): void
}

/** Once a module: koffi takes its settings only before its first use. */
const bound = new Map<string, AsyncFunction>()

function bindLogin(koffi: Koffi, modulePath: string): AsyncFunction {
  try {
    const getFunctionList = koffi.load(modulePath).func('unsigned long C_GetFunctionList(_Out_ void **list)')
    const list: unknown[] = [null]
    if (Number(getFunctionList(list)) !== CKR.OK) throw new TokenFault('module-not-pkcs11')
    const address = koffi.decode(list[0], functionOffset(C_LOGIN, process.platform, POINTER_BYTES), 'void *')
    return koffi.decode(
      address,
      koffi.proto('unsigned long', ['unsigned long', 'unsigned long', 'void *', 'unsigned long']),
    )
  } catch (error) {
    throw error instanceof TokenFault ? error : new TokenFault('no-native')
  }
}

function loadKoffi(): Koffi {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as Koffi
    koffi.config({ async_stack_size: ASYNC_STACK_BYTES })
    return koffi
  } catch {
    throw new TokenFault('no-native')
  }
}

/** pkcs11js hands out a CK_ULONG as its bytes in memory. */
function ulong(handle: Handle): bigint {
  return handle.length === 4 ? BigInt(handle.readUInt32LE(0)) : handle.readBigUInt64LE(0)
}
