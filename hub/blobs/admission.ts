// Decides whether uploaded bytes are a paper people can read: each file in an isolate of its own, with limits of memory and time.
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { REFUSAL_CODES, refuse, type Result } from '../../shared/refusal.ts'
import type { BlobContent } from './blob-store.ts'
import { startIsolate, type Isolate, type StartIsolate } from './isolate.ts'

/** The 20-page decree takes 0.13 s here and a file of 199 MB 0.6 s, start included; a slow machine ten times that; longer is a trap. */
export const ADMISSION_MS = 15_000

/** JavaScript heap of one isolate, in MB; the file's own bytes lie outside it. */
export const ADMISSION_HEAP_MB = 256

/** At the same time: each holds a whole file (up to 200 MB) in memory. */
export const ADMISSIONS_AT_ONCE = 2

/** What an isolate needs to load its code on the slowest disk, before it is taken as unable to start. */
const START_MS = 60_000

/** Longest line an isolate may answer: a title has a limit of its own, far below. */
const ANSWER_CHARS = 64 * 1024

const Found = z.strictObject({ pages: z.int().min(1), title: z.string().nullable() }).readonly()
export type FoundPaper = z.infer<typeof Found>

const Answer = z.union([
  z.strictObject({ ok: z.literal(true), value: Found }),
  z.strictObject({ ok: z.literal(false), code: z.enum(REFUSAL_CODES) }),
])

export interface Admission {
  /**
   * Refuses as `admitPdf` does; `paper-truncated` also for a file that crashes, exhausts or outlasts the isolate, since
   * people can do the same about it: export it anew. `hub-unavailable` when no isolate could be started or after `close`.
   * @throws when the content cannot be read from the store
   */
  admit(content: BlobContent): Promise<Result<FoundPaper>>
  /** Ends what is under way; it answers `hub-unavailable`. */
  close(): Promise<void>
}

export interface AdmissionOptions {
  /** Tests hand in code that misbehaves. */
  readonly worker?: URL
  readonly limitMs?: number
  readonly start?: StartIsolate
}

/** From source this is a `.ts` file beside this one; in the bundle a `.js` file beside `main.js`. */
function workerFile(): URL {
  const names = ['admission.worker.js', 'admission.worker.ts']
  const found = names.map((name) => new URL(name, import.meta.url)).find((url) => existsSync(fileURLToPath(url)))
  if (found === undefined) throw new Error(`none of ${names.join(', ')} lies beside the hub's code`)
  return found
}

function readAnswer(line: string): Result<FoundPaper> {
  if (line.length > ANSWER_CHARS) return refuse('paper-truncated')
  try {
    const answer = Answer.safeParse(JSON.parse(line))
    return answer.success ? answer.data : refuse('paper-truncated')
  } catch {
    return refuse('paper-truncated')
  }
}

/** Sends the file once the isolate is ready, and waits for its answer, its end or the limit. */
function converse(isolate: Isolate, content: BlobContent, limitMs: number): Promise<Result<FoundPaper>> {
  let timer: NodeJS.Timeout | undefined
  return new Promise<Result<FoundPaper>>((resolve, reject) => {
    let ready = false
    const fail = () => resolve(refuse(ready ? 'paper-truncated' : 'hub-unavailable'))
    timer = setTimeout(fail, START_MS)
    isolate.onEnded(fail)
    // An isolate that dies while it reads breaks this pipe; `onEnded` tells.
    isolate.input.on('error', () => undefined)
    createInterface({ input: isolate.output }).on('line', (line) => {
      if (ready) {
        resolve(readAnswer(line))
        return
      }
      ready = true
      clearTimeout(timer)
      timer = setTimeout(fail, limitMs)
      const bytes = Readable.from(content.read(0, content.size), { highWaterMark: 1 })
      bytes.on('error', reject)
      isolate.input.on('close', () => bytes.destroy())
      bytes.pipe(isolate.input)
    })
  }).finally(() => clearTimeout(timer))
}

export function createAdmission(options: AdmissionOptions = {}): Admission {
  const file = options.worker ?? workerFile()
  const limitMs = options.limitMs ?? ADMISSION_MS
  const start = options.start ?? startIsolate
  const waiting: (() => void)[] = []
  const running = new Set<Isolate>()
  const active = new Set<Promise<unknown>>()
  let places = ADMISSIONS_AT_ONCE
  let closed = false
  const isClosed = () => closed

  async function takePlace(): Promise<void> {
    if (places > 0) places -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** Hands the place to the next in line, who must not find it taken by a newcomer. */
  function leavePlace(): void {
    const next = waiting.shift()
    if (next === undefined) places += 1
    else next()
  }

  async function inspect(content: BlobContent): Promise<Result<FoundPaper>> {
    const isolate = start(file, String(content.size), ADMISSION_HEAP_MB)
    running.add(isolate)
    try {
      const found = await converse(isolate, content, limitMs)
      return isClosed() ? refuse('hub-unavailable') : found
    } finally {
      running.delete(isolate)
      await isolate.kill()
    }
  }

  async function admit(content: BlobContent): Promise<Result<FoundPaper>> {
    await takePlace()
    try {
      return isClosed() ? refuse('hub-unavailable') : await inspect(content)
    } finally {
      leavePlace()
    }
  }

  return {
    admit(content) {
      const work = admit(content)
      active.add(work)
      const done = () => active.delete(work)
      work.then(done, done)
      return work
    },
    async close() {
      closed = true
      await Promise.all([...running].map((isolate) => isolate.kill()))
      await Promise.allSettled(active)
    },
  }
}
