// Starts the machine's own tools (openssl, pdfsig, qpdf …) for tests: no shell, no line of this machine in the result.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ToolResult {
  /** Exit code; 127 where the tool is not installed. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface ToolOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Long enough for a machine under load, short enough that a tool asking a question does not hang the run. */
const TOOL_MS = 60_000
const OUTPUT_BYTES = 16 * 1024 * 1024

/** Never rejects: a judge that says no is an answer. The language is fixed, because some judges translate. */
export function runTool(tool: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  return new Promise((resolve) => {
    execFile(
      tool,
      args,
      {
        timeout: TOOL_MS,
        maxBuffer: OUTPUT_BYTES,
        env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127
        resolve({ code, stdout, stderr: stderr + (code === 127 ? (error?.message ?? '') : '') })
      },
    )
  })
}

/** For steps that must succeed. @throws with what the tool said */
export async function mustRun(tool: string, args: readonly string[], options: ToolOptions = {}): Promise<string> {
  const result = await runTool(tool, args, options)
  if (result.code !== 0) throw new Error(`${tool} ${args.join(' ')}\n${result.stderr}${result.stdout}`)
  return result.stdout
}

const RUN = /^tra-my-run-(\d+)-/
let runFolder: string | undefined

/**
 * A folder of this process alone, which goes with it. Vitest kills its workers without asking, so each process also takes away
 * what dead ones left.
 */
export function processFolder(purpose: string): string {
  runFolder ??= makeRunFolder()
  return mkdtempSync(join(runFolder, `${purpose}-`))
}

function makeRunFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const pid = RUN.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
  const folder = mkdtempSync(join(tmpdir(), `tra-my-run-${process.pid}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The first PEM block's content. */
export function derOf(pem: string): Uint8Array {
  const body = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(pem)?.[1]
  if (body === undefined) throw new Error('no PEM block')
  return new Uint8Array(Buffer.from(body, 'base64'))
}
