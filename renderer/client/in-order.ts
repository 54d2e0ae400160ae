// Work that must happen one after another, and whose end somebody may wait for.

export interface InOrder {
  add(work: () => Promise<unknown>): void
  /** Resolves when everything added so far is done. */
  settled(): Promise<void>
}

/** The work gives its failures as data; what is thrown all the same stops nobody behind it. */
export function createInOrder(): InOrder {
  let last: Promise<void> = Promise.resolve()
  return {
    add: (work) => {
      const quiet = () => undefined
      last = last.then(() => work().then(quiet, quiet))
    },
    settled: () => last,
  }
}
