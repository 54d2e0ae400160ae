// The contextBridge: two ends of one membrane, one in the page's world and one in the preload's. `dispatchEvent` crosses
// worlds synchronously and Chromium structured-clones `detail`, so bridged calls keep Electron's synchronous look and copy semantics.

type Call = (...args: unknown[]) => unknown
type Message =
  | { t: 'expose'; key: string; v: unknown }
  | { t: 'call'; id: number; n: number; args: unknown }
  | { t: 'return'; n: number; ok: boolean; v: unknown }
  | { t: 'settle'; id: number; ok: boolean; v: unknown }

interface Settle {
  resolve(value: unknown): void
  reject(error: unknown): void
}

// Captured before any page script runs, so the page cannot listen in by patching prototypes.
const dispatchEvent = Reflect.get(EventTarget.prototype, 'dispatchEvent')
const addEventListener = Reflect.get(EventTarget.prototype, 'addEventListener')
const NativeEvent = CustomEvent
const root = globalThis.window
const FUNCTION = '__bridge_fn'
const PROMISE = '__bridge_promise'

/** @returns `expose`, which puts a frozen copy of an API on the other end's `window` */
export function membrane(outName: string, inName: string): { expose: (key: string, api: unknown) => void } {
  const functions: Call[] = []
  const ids = new Map<unknown, number>()
  const pending = new Map<number, Settle>()
  const returns = new Map<number, Extract<Message, { t: 'return' }>>()
  let calls = 0
  let promises = 0

  const post = (message: Message): void => {
    Reflect.apply(dispatchEvent, root, [new NativeEvent(outName, { detail: message })])
  }

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      const id = ids.get(value) ?? functions.push(value as Call) - 1
      ids.set(value, id)
      return { [FUNCTION]: id }
    }
    if (value instanceof Promise) {
      const id = ++promises
      value.then(
        (result: unknown) => post({ t: 'settle', id, ok: true, v: pack(result) }),
        (error: unknown) => post({ t: 'settle', id, ok: false, v: error }),
      )
      return { [PROMISE]: id }
    }
    if (Array.isArray(value)) return value.map(pack)
    return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, pack(entry)])) : value
  }

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack)
    if (!isPlain(value)) return value
    if (FUNCTION in value) {
      const id = value[FUNCTION] as number
      return (...args: unknown[]) => call(id, args)
    }
    if (PROMISE in value) {
      const id = value[PROMISE] as number
      return new Promise((resolve, reject) => pending.set(id, { resolve, reject }))
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpack(entry)]))
  }

  function call(id: number, args: unknown[]): unknown {
    const n = ++calls
    post({ t: 'call', id, n, args: pack(args) })
    const reply = returns.get(n)
    returns.delete(n)
    if (!reply) throw new Error('An object could not be cloned.')
    if (!reply.ok) throw reply.v as Error
    return unpack(reply.v)
  }

  function answer({ id, n, args }: Extract<Message, { t: 'call' }>): void {
    try {
      post({ t: 'return', n, ok: true, v: pack(functions[id]?.(...(unpack(args) as unknown[]))) })
    } catch (error) {
      post({ t: 'return', n, ok: false, v: error })
    }
  }

  function settle({ id, ok, v }: Extract<Message, { t: 'settle' }>): void {
    const waiting = pending.get(id)
    pending.delete(id)
    if (ok) waiting?.resolve(unpack(v))
    else waiting?.reject(v)
  }

  const receive = (event: Event): void => {
    event.stopImmediatePropagation()
    const message = (event as CustomEvent<Message | null>).detail
    // A detail that could not be cloned arrives as null.
    if (message === null) return
    if (message.t === 'expose') {
      Object.defineProperty(root, message.key, { value: deepFreeze(unpack(message.v)), enumerable: true })
    } else if (message.t === 'return') returns.set(message.n, message)
    else if (message.t === 'settle') settle(message)
    else answer(message)
  }
  Reflect.apply(addEventListener, root, [inName, receive, true])
  return { expose: (key, api) => post({ t: 'expose', key, v: pack(api) }) }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || prototype === Object.prototype
}

function deepFreeze(value: unknown): unknown {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
