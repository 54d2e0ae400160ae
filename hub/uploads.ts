// Who brought which paper: kept in the store, held in memory because every decision on a paper asks.
import { isoNow, type Clock } from './clock.ts'
import type { Store } from './store/store.ts'

export class Uploads {
  readonly #store: Store
  readonly #clock: Clock
  readonly #known = new Map<string, { readonly size: number; readonly pages: number }>()

  private constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  static async open(store: Store, clock: Clock): Promise<Uploads> {
    const uploads = new Uploads(store, clock)
    for (const { sha256, personId, size, pages } of await store.uploads())
      uploads.#known.set(keyOf(sha256, personId), { size, pages })
    return uploads
  }

  /** True size (bytes) and pages of a paper that this person brought; null when the person did not. */
  of(sha256: string, personId: string): { readonly size: number; readonly pages: number } | null {
    return this.#known.get(keyOf(sha256, personId)) ?? null
  }

  async record(sha256: string, personId: string, size: number, pages: number): Promise<void> {
    await this.#store.saveUpload({ sha256, personId, size, pages, at: isoNow(this.#clock) })
    this.#known.set(keyOf(sha256, personId), { size, pages })
  }
}

function keyOf(sha256: string, personId: string): string {
  return `${sha256} ${personId}`
}
