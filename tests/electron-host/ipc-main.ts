// Electron's ipcMain: one handler a channel, listeners for messages.
import { EventEmitter } from 'node:events'

type Handler = (event: object, ...args: unknown[]) => unknown

export class HostIpcMain extends EventEmitter {
  readonly invokes = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.invokes.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.invokes.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (...args) => {
      this.invokes.delete(channel)
      return handler(...args)
    })
  }

  removeHandler(channel: string): void {
    this.invokes.delete(channel)
  }
}
