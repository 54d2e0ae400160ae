// Starts a benchmark server in its own process, bundled as a product is, and asks it for addresses and its own processor time.

import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'

interface Answer {
  readonly ready?: true
  readonly address?: string
  readonly cpu?: number
  readonly rss?: number
}

const BUNDLES = join(import.meta.dirname, '../../dist/bench')
let bundling: Promise<string> | null = null

/** Node's own reading of TypeScript takes 30 MB of memory, which no installed hub takes. */
function bundled(): Promise<string> {
  bundling ??= build({
    entryPoints: [join(import.meta.dirname, 'sync-server.ts')],
    outdir: BUNDLES,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  }).then(() => join(BUNDLES, 'sync-server.js'))
  return bundling
}

export class ServerProcess implements AsyncDisposable {
  private readonly child: ChildProcess

  private constructor(child: ChildProcess) {
    this.child = child
  }

  /** @param bytes size of the document that the room holds, see documents.ts */
  static async start(kind: string, bytes: number): Promise<ServerProcess> {
    const port = await freePort()
    const child = fork(await bundled(), [kind, String(port), String(bytes)])
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
    // It ends by itself then, removes its folder, and writes its profile where `--cpu-prof` asked for one.
    this.child.disconnect()
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
