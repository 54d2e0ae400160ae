// The list of files signed without a line: on the disk before anyone relies on it, and whole after a crash at any moment.
import { randomUUID } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { writeDurably } from './durable-file.ts'
import {
  afterStart,
  nextDue,
  nextTime,
  UPGRADE_PROBLEMS,
  withAdded,
  withEnded,
  withLineBack,
  withStarted,
  type PendingUpgrade,
  type UpgradeList,
  type UpgradeProblem,
} from './pending-schedule.ts'

const upgradeSchema = z.object({
  id: z.uuid(),
  file: z.string().min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.enum(['waiting', 'working', 'done', 'failed']),
  problem: z.enum(UPGRADE_PROBLEMS).nullable(),
  attempts: z.number().int().nonnegative(),
  at: z.number(),
  addedAt: z.number(),
})
const fileSchema = z.object({ version: z.literal(1), upgrades: z.array(upgradeSchema) })

export interface PendingSurroundings {
  /** ms since 1970 */
  readonly now: () => number
  /** 0 up to 1 */
  readonly chance: () => number
}

/**
 * One process holds the file at a time. Every change is on the disk when its promise resolves; where the disk refuses, the
 * change has not happened and the promise rejects with the system's error.
 */
export class PendingUpgrades {
  readonly #file: string
  readonly #with: PendingSurroundings
  #list: UpgradeList
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(file: string, surroundings: PendingSurroundings, list: UpgradeList) {
    this.#file = file
    this.#with = surroundings
    this.#list = list
  }

  /**
   * @returns `broken`: the list could not be read; it lies beside, as `<file>.broken-<time>`, and an empty one is begun
   * @throws what the disk says, but for a file that is not there
   */
  static async open(
    file: string,
    surroundings: PendingSurroundings,
  ): Promise<{ readonly upgrades: PendingUpgrades; readonly broken: boolean }> {
    const read = await readList(file)
    if (read === 'broken') await rename(file, `${file}.broken-${surroundings.now()}`)
    const list = read === 'broken' ? [] : afterStart(read, surroundings.now(), surroundings.chance())
    return { upgrades: new PendingUpgrades(file, surroundings, list), broken: read === 'broken' }
  }

  get list(): UpgradeList {
    return this.#list
  }

  /** When `take` may have something next, ms since 1970; null: nothing waits. */
  get nextTime(): number | null {
    return nextTime(this.#list)
  }

  /** To be called before the user is told that the file is signed: from here on its upgrade is not forgotten. */
  add(file: string, digest: string): Promise<void> {
    return this.#change((list) => withAdded(list, { id: randomUUID(), file, digest }, this.#with.now()))
  }

  /** The next one that is due, marked as being worked on. */
  take(): Promise<PendingUpgrade | null> {
    return this.#inTurn(async () => {
      const due = nextDue(this.#list, this.#with.now())
      if (due === null) return null
      await this.#store(withStarted(this.#list, due.id))
      return this.#list.find(({ id }) => id === due.id) ?? null
    })
  }

  /** @param problem null: it is upgraded */
  end(id: string, problem: UpgradeProblem | null): Promise<void> {
    return this.#change((list) => withEnded(list, id, problem, this.#with.now(), this.#with.chance()))
  }

  lineIsBack(): Promise<void> {
    return this.#change((list) => withLineBack(list, this.#with.now()))
  }

  #change(change: (list: UpgradeList) => UpgradeList): Promise<void> {
    return this.#inTurn(async () => {
      const next = change(this.#list)
      if (next !== this.#list) await this.#store(next)
    })
  }

  /** The disk first: memory never knows more than what a restart would find. */
  async #store(next: UpgradeList): Promise<void> {
    await writeDurably(this.#file, Buffer.from(JSON.stringify({ version: 1, upgrades: next })))
    this.#list = next
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task)
    this.#queue = result.catch(() => undefined)
    return result
  }
}

async function readList(file: string): Promise<UpgradeList | 'broken'> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  try {
    return fileSchema.parse(JSON.parse(text)).upgrades
  } catch {
    return 'broken'
  }
}

/**
 * Works through what is due, one after the other: timestamp services are not called in parallel by one office machine.
 * @param work null: done
 * @returns how many were tried
 * @throws what `work` throws, which is a defect of ours; the file waits for its next time
 */
export async function workThrough(
  upgrades: PendingUpgrades,
  work: (upgrade: PendingUpgrade) => Promise<UpgradeProblem | null>,
  signal?: AbortSignal,
): Promise<number> {
  for (let tried = 0; ; tried++) {
    const upgrade = signal?.aborted === true ? null : await upgrades.take()
    if (upgrade === null) return tried
    let problem: UpgradeProblem | null = 'internal'
    try {
      problem = await work(upgrade)
    } finally {
      await upgrades.end(upgrade.id, problem)
    }
  }
}
