// One thing at a time per token: a second C_SignInit in a session that still signs is answered with CKR_OPERATION_ACTIVE.

export interface TaskQueues {
  /** Runs `task` after everything that was put into the same lane before it; a failed task does not stop the lane. */
  run<T>(lane: string, task: () => Promise<T>): Promise<T>
  /** Tasks that wait or run, in all lanes. */
  readonly pending: number
}

export function createTaskQueues(): TaskQueues {
  const tails = new Map<string, Promise<unknown>>()
  let pending = 0
  return {
    get pending() {
      return pending
    },
    run: async (lane, task) => {
      pending += 1
      const before = tails.get(lane) ?? Promise.resolve()
      const result = before.then(task)
      const tail = result.catch(() => undefined)
      tails.set(lane, tail)
      try {
        return await result
      } finally {
        pending -= 1
        if (tails.get(lane) === tail) tails.delete(lane)
      }
    },
  }
}
