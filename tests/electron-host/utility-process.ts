// Electron's utilityProcess over a plain Node child: a real second process, with structured-clone messages.
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'

const BOOTSTRAP = fileURLToPath(new URL('./utility-bootstrap.mjs', import.meta.url))

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly serviceName?: string
}

class HostUtilityProcess extends EventEmitter {
  readonly child: ChildProcess

  constructor(modulePath: string, args: readonly string[], { env, cwd }: ForkOptions) {
    super()
    this.child = fork(BOOTSTRAP, [modulePath, ...args], {
      serialization: 'advanced',
      env: env ?? process.env,
      execArgv: [],
      ...(cwd === undefined ? {} : { cwd }),
    })
    this.child.on('spawn', () => this.emit('spawn'))
    this.child.on('message', (message) => this.emit('message', message))
    this.child.on('exit', (code) => this.emit('exit', code ?? 1))
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined
  }
  postMessage(message: unknown): void {
    this.child.send(message as object)
  }
  kill(): boolean {
    return this.child.kill()
  }
}

/** One application's processes; none outlives it, and none is started after it has been closed. */
export class HostUtilityProcesses {
  readonly running = new Set<HostUtilityProcess>()
  private closed = false

  readonly module = {
    fork: (modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): HostUtilityProcess => {
      if (this.closed) throw new Error('the application has been closed')
      const started = new HostUtilityProcess(modulePath, args, options)
      this.running.add(started)
      started.on('exit', () => this.running.delete(started))
      return started
    },
  }

  close(): void {
    this.closed = true
    for (const process of this.running) process.child.kill('SIGKILL')
  }
}
