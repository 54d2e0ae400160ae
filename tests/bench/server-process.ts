// Starts a benchmark server in its own process and asks it for addresses and its own processor time.

import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

interface Answer {
  readonly ready?: true
  readonly address?: string
  readonly cpu?: number
  readonly rss?: number
}

export class ServerProcess implements AsyncDisposable {
  private readonly child: ChildProcess

  private constructor(child: ChildProcess) {
    this.child = child
  }

  /** @param edits size of the document that the room holds, see documents.ts */
  static async start(kind: string, edits: number): Promise<ServerProcess> {
    const port = await freePort()
    const child = fork(join(import.meta.dirname, 'sync-server.ts'), [kind, String(port), String(edits)])
    const server = new ServerProcess(child)
    await server.next()
    return server
  }

  async address(client: number): Promise<string> {
    const { address } = await this.ask(client)
    if (address === undefined) throw new Error('the server gave no address')
    return address
  }

  /** Processor time of the server so far (µs, user and system) and its resident memory (bytes). */
  async usage(): Promise<{ readonly cpu: number; readonly rss: number }> {
    const { cpu, rss } = await this.ask('usage')
    if (cpu === undefined || rss === undefined) throw new Error('the server gave no usage')
    return { cpu, rss }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill()
    await ended
  }

  /** One question at a time: callers await. */
  private ask(question: number | 'usage'): Promise<Answer> {
    const answer = this.next()
    this.child.send(question)
    return answer
  }

  private next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the server ended with ${String(code)}`))
      this.child.once('exit', ended)
      this.child.once('message', (message) => {
        this.child.off('exit', ended)
        resolve(message as Answer)
      })
    })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
