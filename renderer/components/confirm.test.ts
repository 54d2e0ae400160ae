// Questions are answered once; a newer one means no for the older.
import { expect, it } from 'vitest'
import { askReason, confirmAction, currentQuestion } from './confirm.ts'

const question = {
  title: 'Đóng biểu quyết?',
  consequence: 'Sau khi đóng không thể bỏ phiếu thêm.',
  verb: 'Đóng biểu quyết',
}

it('gives the answer of the dialog, and closes it', async () => {
  const yes = confirmAction(question)
  expect(currentQuestion()?.question).toEqual(question)
  currentQuestion()?.answer({ yes: true, reason: '' })
  expect(await yes).toBe(true)
  expect(currentQuestion()).toBeNull()
})

it('gives the reason, or null', async () => {
  const given = askReason(question)
  currentQuestion()?.answer({ yes: true, reason: 'Bận công tác' })
  expect(await given).toBe('Bận công tác')
  const left = askReason(question)
  currentQuestion()?.answer({ yes: false, reason: 'Bận' })
  expect(await left).toBeNull()
})

it('a newer question answers the older with no', async () => {
  const older = confirmAction(question)
  const newer = confirmAction({ ...question, title: 'Bế mạc?' })
  expect(await older).toBe(false)
  expect(currentQuestion()?.question.title).toBe('Bế mạc?')
  currentQuestion()?.answer({ yes: true, reason: '' })
  expect(await newer).toBe(true)
})
