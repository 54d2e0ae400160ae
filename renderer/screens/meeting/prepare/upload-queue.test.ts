// The queue of papers: at most three at once, progress, names typed meanwhile, refusals, cancelling and trying again.
import { expect, it, vi } from 'vitest'
import type { AdmittedPaper } from '../../../../shared/blob/transfer.ts'
import { ok, refuse, type Result } from '../../../../shared/refusal.ts'
import { createUploadQueue, type UploadEffects } from './upload-queue.ts'

interface Sending {
  readonly file: File
  readonly signal: AbortSignal
  progress(done: number): void
  end(result: Result<AdmittedPaper>): void
}

function setUp(attach: UploadEffects['attach'] = () => Promise.resolve(true)) {
  const sendings: Sending[] = []
  const attached = vi.fn(attach)
  const queue = createUploadQueue({
    attach: attached,
    send: (file, onProgress, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        sendings.push({
          file,
          signal,
          progress: (done) => onProgress({ phase: 'moving', done, total: file.size }),
          end: resolve,
        })
      }),
  })
  return { queue, sendings, attached, settle: () => new Promise((resolve) => setTimeout(resolve)) }
}

const file = (name: string) => new File(['%PDF-1.7'], name)
const paper: AdmittedPaper = { sha256: 'a'.repeat(64), size: 8, pages: 2, title: null }

it('sends three at a time and starts the next when one ends', async () => {
  const { queue, sendings, attached, settle } = setUp()
  queue.add('i', ['1.pdf', '2.pdf', '3.pdf', '4.pdf'].map(file), null)
  expect(queue.current().map((row) => row.state)).toEqual(['sending', 'sending', 'sending', 'queued'])
  sendings[1]!.progress(4)
  expect(queue.current()[1]!.progress).toEqual({ phase: 'moving', done: 4, total: 8 })
  sendings[0]!.end(ok(paper))
  await settle()
  expect(attached).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: '1', itemId: 'i' }), paper, null)
  expect(queue.current().map((row) => [row.name, row.state])).toEqual([
    ['2', 'sending'],
    ['3', 'sending'],
    ['4', 'sending'],
  ])
})

it('keeps each refusal with its file, and another try can succeed', async () => {
  const { queue, sendings, attached, settle } = setUp()
  queue.add('i', [file('khoa.pdf'), file('tot.pdf')], 'bổ sung')
  sendings[0]!.end(refuse('paper-encrypted'))
  sendings[1]!.end(ok(paper))
  await settle()
  expect(queue.current()).toMatchObject([{ name: 'khoa', state: 'failed', code: 'paper-encrypted' }])
  expect(attached).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'tot' }), paper, 'bổ sung')
  queue.retry(queue.current()[0]!.id)
  expect(queue.current()).toMatchObject([{ state: 'sending', code: null }])
  sendings[2]!.end(ok(paper))
  await settle()
  expect(queue.current()).toEqual([])
})

it('brings papers of one item to the agenda in the order they were chosen', async () => {
  const { queue, sendings, attached, settle } = setUp()
  queue.add('i', ['1.pdf', '2.pdf', '3.pdf'].map(file), null)
  queue.add('j', [file('9.pdf')], null)
  sendings[2]!.end(ok(paper))
  sendings[1]!.end(ok(paper))
  await settle()
  expect(attached.mock.calls.map(([row]) => row.name)).toEqual([])
  sendings[3]!.end(ok(paper))
  await settle()
  expect(attached.mock.calls.map(([row]) => row.name)).toEqual(['9'])
  sendings[0]!.end(refuse('paper-not-pdf'))
  await settle()
  expect(attached.mock.calls.map(([row]) => row.name)).toEqual(['9', '2', '3'])
})

it('waits with a paper whose name is being typed, and takes the typed name', async () => {
  const { queue, sendings, attached, settle } = setUp()
  queue.add('i', [file('scan001.pdf')], null)
  const { id } = queue.current()[0]!
  queue.editing(id, true)
  queue.rename(id, 'Tờ trình số 12')
  sendings[0]!.end(ok(paper))
  await settle()
  expect(queue.current()).toMatchObject([{ state: 'sent' }])
  expect(attached).not.toHaveBeenCalled()
  queue.editing(id, false)
  await settle()
  expect(attached).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Tờ trình số 12' }), paper, null)
})

it('an emptied name falls back to the name of the file', async () => {
  const { queue, sendings, attached, settle } = setUp()
  queue.add('i', [file('scan001.pdf')], null)
  const { id } = queue.current()[0]!
  queue.editing(id, true)
  queue.rename(id, '  ')
  queue.editing(id, false)
  sendings[0]!.end(ok(paper))
  await settle()
  expect(attached).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'scan001' }), paper, null)
})

it('cancelling stops the sending, forgets the file and lets the next one go', async () => {
  const { queue, sendings, attached, settle } = setUp()
  queue.add('i', ['1.pdf', '2.pdf', '3.pdf', '4.pdf'].map(file), null)
  queue.cancel(queue.current()[0]!.id)
  expect(sendings[0]!.signal.aborted).toBe(true)
  await settle()
  expect(queue.current().map((row) => [row.name, row.state])).toEqual([
    ['2', 'sending'],
    ['3', 'sending'],
    ['4', 'sending'],
  ])
  expect(attached).not.toHaveBeenCalled()
})

it('a refused attachment is tried again without sending the file again', async () => {
  const answers = [false, true]
  const { queue, sendings, attached, settle } = setUp(() => Promise.resolve(answers.shift() === true))
  queue.add('i', [file('1.pdf')], null)
  sendings[0]!.end(ok(paper))
  await settle()
  expect(queue.current()).toMatchObject([{ state: 'failed', code: null }])
  queue.retry(queue.current()[0]!.id)
  await settle()
  expect(queue.current()).toEqual([])
  expect(sendings).toHaveLength(1)
  expect(attached).toHaveBeenCalledTimes(2)
})

it('tells its listeners until they leave', () => {
  const { queue } = setUp()
  const listener = vi.fn()
  const leave = queue.subscribe(listener)
  queue.add('i', [file('1.pdf')], null)
  const calls = listener.mock.calls.length
  expect(calls).toBeGreaterThan(0)
  leave()
  queue.cancel(queue.current()[0]!.id)
  expect(listener).toHaveBeenCalledTimes(calls)
})
