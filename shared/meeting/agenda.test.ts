// The order of the agenda: numbers as they are read, and moves that lose and double nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childrenOf, inOrder, placesAfterMove } from './agenda.ts'
import { after, creation, itemId, moving, putting, refusal } from './meeting.fixture.ts'
import type { MeetingAct } from './acts.ts'
import type { AgendaItem, Meeting } from './state.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

function item(id: string, parentId: string | null, order: number): AgendaItem {
  return { id, parentId, order, title: id, presenterId: null, minutes: 5, spentMs: 0, runningSince: null }
}
const table = (...items: readonly AgendaItem[]) => Object.fromEntries(items.map((each) => [each.id, each]))
const three = table(item('a', null, 0), item('b', null, 1), item('b1', 'b', 0), item('b2', 'b', 1), item('c', null, 2))

describe('reading order', () => {
  it('numbers main items 1, 2, 3 and their sub-items 2.1, 2.2', () => {
    expect(inOrder(three).map(({ item: { id }, number }) => `${number}${id}`)).toEqual([
      '1a',
      '2b',
      '2.1b1',
      '2.2b2',
      '3c',
    ])
    expect(inOrder({})).toEqual([])
  })

  it('is the same on every device where two items have one place: by id', () => {
    const one = table(item('x', null, 0), item('y', null, 0))
    const other = table(item('y', null, 0), item('x', null, 0))
    for (const items of [one, other]) expect(childrenOf(items, null).map(({ id }) => id)).toEqual(['x', 'y'])
  })
})

describe('places after a move', () => {
  const order = (places: Record<string, { order: number }>) =>
    Object.entries(places)
      .sort((a, b) => a[1].order - b[1].order)
      .map(([id]) => id)

  it('right before the named item, or last', () => {
    expect(order(placesAfterMove(three, 'c', null, 'a'))).toEqual(['c', 'a', 'b'])
    expect(order(placesAfterMove(three, 'a', null, 'c'))).toEqual(['b', 'a', 'c'])
    expect(order(placesAfterMove(three, 'a', null, null))).toEqual(['b', 'c', 'a'])
  })

  it('last, where the named item is not among the new neighbours', () => {
    expect(order(placesAfterMove(three, 'a', null, 'b1'))).toEqual(['b', 'c', 'a'])
  })

  it('into another item', () => {
    expect(placesAfterMove(three, 'a', 'b', 'b2')).toEqual({
      b1: { parentId: 'b', order: 0 },
      a: { parentId: 'b', order: 1 },
      b2: { parentId: 'b', order: 2 },
    })
  })
})

it(
  `through any moves each item stays in the agenda exactly once, in two levels (SEED=${SEED})`,
  { timeout: 60_000 },
  () => {
    const names = Array.from('abcdefgh', (letter) => itemId(letter))
    const agenda = after(null, [
      creation(),
      ...Array.from('abcdef', (letter) => putting(letter)),
      putting('g', { parentId: itemId('a') }),
      putting('h', { parentId: itemId('a') }),
    ])
    const some = fc.constantFrom(...names)
    const place = { parentId: fc.option(some), beforeId: fc.option(some) }
    const moves = fc.array(fc.record({ itemId: some, ...place }), { maxLength: 40 })
    fc.assert(
      fc.property(moves, (all) => {
        let state: Meeting = agenda
        for (const { itemId: id, ...to } of all) {
          const move: MeetingAct = moving(id, to)
          if (refusal(state, move) !== null) continue
          const before = state.items
          state = after(state, [move])
          if (to.beforeId === id) {
            expect(state.items).toEqual(before)
            continue
          }
          const siblings = childrenOf(state.items, to.parentId).map((each) => each.id)
          const at = siblings.indexOf(id)
          expect(siblings[at + 1] ?? null).toBe(to.beforeId)
          expect(childrenOf(state.items, to.parentId).map((each) => each.order)).toEqual(siblings.map((_, i) => i))
        }
        const read = inOrder(state.items).map((each) => each.item.id)
        expect(read.toSorted()).toEqual(names.toSorted())
      }),
      { seed: SEED, numRuns: 150 },
    )
  },
)
