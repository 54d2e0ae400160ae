// The chair's next step, from the invitation to the closing.
import { describe, expect, it } from 'vitest'
import { board, member, motion } from './sample-board.ts'
import { motionInFocus, motionsOf, nextStep } from './chair-steps.ts'

describe('nextStep', () => {
  it('opens the meeting first, with the quorum as it stands', () => {
    const few = { p1: member('p1', { presence: 'present' }), p2: member('p2'), p3: member('p3') }
    const step = nextStep(board({ status: 'published', participants: few }))
    expect(step).toEqual({ kind: 'open-meeting', quorum: { present: 1, members: 3, needed: 2, met: false } })
  })
  it('then goes through the agenda', () => {
    expect(nextStep(board())).toMatchObject({ kind: 'next-item', item: { id: 'b' } })
  })
  it('puts a proposed motion of the current item before the next item', () => {
    expect(nextStep(board({ motions: { x: motion('x', 'a') } }))).toMatchObject({
      kind: 'open-vote',
      motion: { id: 'x' },
    })
    expect(nextStep(board({ motions: { x: motion('x', 'b') } })).kind).toBe('next-item')
    expect(nextStep(board({ motions: { x: motion('x', 'a', { status: 'withdrawn' }) } })).kind).toBe('next-item')
  })
  it('closes a running vote before anything else, whatever item it belongs to', () => {
    const motions = { x: motion('x', 'b', { status: 'open' }), y: motion('y', 'a') }
    expect(nextStep(board({ motions }))).toMatchObject({ kind: 'close-vote', motion: { id: 'x' } })
  })
  it('ends after the last item, and has nothing to do afterwards', () => {
    const last = board()
    expect(nextStep({ ...last, meeting: { ...last.meeting, currentItemId: 'b' } }).kind).toBe('close-meeting')
    for (const status of ['draft', 'closed', 'cancelled'] as const)
      expect(nextStep(board({ status })).kind).toBe('none')
  })
})

it('the right column shows the running vote, else the newest motion of the item', () => {
  const first = motion('x', 'a', { status: 'closed' })
  const second = motion('y', 'a', { order: 1 })
  const motions = { y: second, x: first, z: motion('z', 'a', { status: 'withdrawn', order: 2 }) }
  expect(motionsOf(motions, 'a').map(({ id }) => id)).toEqual(['x', 'y'])
  expect(motionInFocus(board({ motions }))?.id).toBe('y')
  expect(motionInFocus(board({ motions: { ...motions, w: motion('w', 'b', { status: 'open' }) } }))?.id).toBe('w')
  expect(motionInFocus(board())).toBeNull()
})
