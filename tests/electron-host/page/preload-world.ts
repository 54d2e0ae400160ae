// The preload's side: what Electron's sandboxed preload sees, `require('electron')` and `process`, and nothing of Node.
import { decode, encode } from './codec.ts'
import { membrane } from './membrane.ts'

declare const __HOST__: {
  readonly secret: string
  readonly subFrames: boolean
  readonly versions: Record<string, string>
  run(require: unknown, process: unknown, module: unknown, exports: unknown): void
}
declare const __electronHostSend: (text: string) => void

type Listener = (event: object, ...args: unknown[]) => void
type FromHost = { t: 'reply'; id: number; ok: boolean; v: unknown } | { t: 'message'; channel: string; args: unknown[] }

// Electron runs a preload in sub-frames only when `nodeIntegrationInSubFrames` is set.
if (location.href !== 'about:blank' && (window === window.top || __HOST__.subFrames)) runPreload()

function runPreload(): void {
  const { secret } = __HOST__
  const bridge = membrane(`${secret}>page`, `${secret}>preload`)
  const send = (message: object): void => {
    __electronHostSend(encode(message))
  }
  addEventListener(
    `${secret}>open`,
    (event) => {
      event.stopImmediatePropagation()
      send({ t: 'open', ...(event as CustomEvent<object>).detail })
    },
    true,
  )
  const ipcRenderer = createIpcRenderer(send)
  const electron = { contextBridge: { exposeInMainWorld: bridge.expose }, ipcRenderer }
  const require = (id: string): unknown => {
    if (id === 'electron') return electron
    throw new Error(`module not found: ${id} (a sandboxed preload gets only electron, events, timers, url)`)
  }
  const process = {
    platform: 'linux',
    arch: 'x64',
    type: 'renderer',
    contextIsolated: true,
    sandboxed: true,
    isMainFrame: window === window.top,
    versions: __HOST__.versions,
    env: {},
    argv: [],
  }
  const module = { exports: {} }
  try {
    __HOST__.run(require, process, module, module.exports)
  } catch (error) {
    send({ t: 'preload-error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function createIpcRenderer(send: (message: object) => void): object {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>()
  let serial = 0

  const add =
    (once: boolean) =>
    (channel: string, listener: Listener): object => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }])
      return ipcRenderer
    }
  const remove = (channel: string, listener: Listener): object => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener),
    )
    return ipcRenderer
  }
  const invoke = (channel: string, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++serial
      waiting.set(id, {
        resolve,
        reject: (error) => reject(new Error(`Error invoking remote method '${channel}': ${String(error)}`)),
      })
      try {
        send({ t: 'invoke', id, channel, args })
      } catch (error) {
        waiting.delete(id)
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
  const ipcRenderer = {
    invoke,
    send: (channel: string, ...args: unknown[]) => send({ t: 'send', channel, args }),
    on: add(false),
    addListener: add(false),
    once: add(true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel)
      return ipcRenderer
    },
  }
  const deliver = (text: string): void => {
    const message = decode(text) as FromHost
    if (message.t === 'reply') {
      const call = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.ok) call?.resolve(message.v)
      else call?.reject(message.v as Error)
      return
    }
    for (const { listener, once } of listeners.get(message.channel) ?? []) {
      if (once) remove(message.channel, listener)
      listener({ ports: [], sender: ipcRenderer }, ...message.args)
    }
  }
  Object.defineProperty(globalThis, '__electronHostDeliver', { value: deliver })
  return ipcRenderer
}
