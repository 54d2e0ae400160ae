// Every gesture on the agenda gives a place that the domain accepts, and the order that the person meant.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder, placesAfterMove } from '../../../../shared/meeting/agenda.ts'
import type { AgendaItem } from '../../../../shared/meeting/state.ts'
import { followerOf, MOVES, placeOf, placeOfDrop, type Place } from './agenda-moves.ts'
import { item } from './sample-board.ts'

const SEED = 20261123
type Items = Readonly<Record<string, AgendaItem>>

// 1 a · 2 b (2.1 b1 · 2.2 b2) · 3 c (3.1 c1) · 4 d
const items: Items = Object.fromEntries(
  [
    item('a', null, 0),
    item('b', null, 1),
    item('b1', 'b', 0),
    item('b2', 'b', 1),
    item('c', null, 2),
    item('c1', 'c', 0),
    item('d', null, 3),
  ].map((row) => [row.id, row]),
)

function after(before: Items, id: string, place: Place | null): string {
  if (place === null) return 'nowhere'
  const places = placesAfterMove(before, id, place.parentId, place.beforeId)
  const moved = Object.fromEntries(Object.entries(before).map(([key, row]) => [key, { ...row, ...places[key] }]))
  return inOrder(moved)
    .map((row) => `${row.number}${row.item.id}`)
    .join(' ')
}

describe('placeOf', () => {
  it.each([
    ['b', 'up', '1b 1.1b1 1.2b2 2a 3c 3.1c1 4d'],
    ['b', 'down', '1a 2c 2.1c1 3b 3.1b1 3.2b2 4d'],
    ['b1', 'down', '1a 2b 2.1b2 2.2b1 3c 3.1c1 4d'],
    ['a', 'up', 'nowhere'],
    ['d', 'down', 'nowhere'],
    ['d', 'into', '1a 2b 2.1b1 2.2b2 3c 3.1c1 3.2d'],
    ['b', 'into', 'nowhere'],
    ['a', 'into', 'nowhere'],
    ['b2', 'out', '1a 2b 2.1b1 3b2 4c 4.1c1 5d'],
    ['c', 'out', 'nowhere'],
  ] as const)('%s %s', (id, move, expected) => {
    expect(after(items, id, placeOf(items, id, move))).toBe(expected)
  })
})

describe('placeOfDrop', () => {
  it.each([
    ['a', 'c', '1b 1.1b1 1.2b2 2c 2.1c1 3a 4d'],
    ['a', 'b2', '1b 1.1b1 1.2b2 2a 3c 3.1c1 4d'],
    ['d', 'b1', '1a 2d 3b 3.1b1 3.2b2 4c 4.1c1'],
    ['b1', 'c1', '1a 2b 2.1b2 3c 3.1c1 3.2b1 4d'],
    ['c1', 'b1', '1a 2b 2.1c1 2.2b1 2.3b2 3c 4d'],
    ['b1', 'd', '1a 2b 2.1b2 3c 3.1c1 4d 4.1b1'],
    ['b2', 'b', '1a 2b 2.1b2 2.2b1 3c 3.1c1 4d'],
    ['b', 'b1', 'nowhere'],
    ['b', 'b', 'nowhere'],
  ] as const)('%s on %s', (active, over, expected) => {
    expect(after(items, active, placeOfDrop(items, active, over))).toBe(expected)
  })
})

it('no gesture loses an item or makes a part of a part', () => {
  const id = fc.constantFrom(...Object.keys(items))
  const gesture = fc.oneof(fc.record({ id, move: fc.constantFrom(...MOVES) }), fc.record({ id, over: id }))
  fc.assert(
    fc.property(fc.array(gesture, { maxLength: 30 }), (gestures) => {
      let now = items
      for (const step of gestures) {
        const place = 'move' in step ? placeOf(now, step.id, step.move) : placeOfDrop(now, step.id, step.over)
        if (place === null) continue
        const places = placesAfterMove(now, step.id, place.parentId, place.beforeId)
        now = Object.fromEntries(Object.entries(now).map(([key, row]) => [key, { ...row, ...places[key] }]))
        expect(inOrder(now)).toHaveLength(Object.keys(items).length)
      }
    }),
    { seed: SEED, numRuns: 300 },
  )
})

it('knows where a removed item stood', () => {
  expect(followerOf(items, 'b1')).toBe('b2')
  expect(followerOf(items, 'd')).toBeNull()
})
