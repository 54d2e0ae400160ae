// One thing at a time in a lane, in order, whatever fails.
import { expect, test } from 'vitest'
import { createTaskQueues } from './task-queue.ts'

test('tasks of one lane never overlap and keep their order; a failed one does not stop the lane', async () => {
  const queues = createTaskQueues()
  let inside = 0
  const order: number[] = []
  const results = await Promise.allSettled(
    [1, 2, 3, 4].map((number) =>
      queues.run('a', async () => {
        inside += 1
        expect(inside).toBe(1)
        await new Promise(setImmediate)
        inside -= 1
        order.push(number)
        if (number === 2) throw new Error('fault')
        return number
      }),
    ),
  )
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(order).toEqual([1, 2, 3, 4])
  expect(queues.pending).toBe(0)
})

test('two lanes do not wait for each other', async () => {
  const queues = createTaskQueues()
  let open: (value: string) => void = () => undefined
  const gate = new Promise<string>((resolve) => (open = resolve))
  const waiting = queues.run('a', () => gate)
  expect(await queues.run('b', () => Promise.resolve('b'))).toBe('b')
  expect(queues.pending).toBe(1)
  open('a')
  expect(await waiting).toBe('a')
})
