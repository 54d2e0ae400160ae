// The mirror: a Y.Doc written from views reads back as the view, at every moment and on every replica, and nothing is written where nothing changed.
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { randomRun } from '../meeting/random-run.fixture.ts'
import { viewMeeting } from '../meeting/view.ts'
import { liveView } from './live-view.ts'
import { BOARD_ROOT, mirror, readBoard, type Plain } from './mirror.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

type PlainMap = Record<string, Plain>

function board(first: PlainMap = {}) {
  const doc = new Y.Doc({ gc: true })
  const root = doc.getMap<unknown>(BOARD_ROOT)
  const sizes: number[] = []
  doc.on('update', (update: Uint8Array) => sizes.push(update.length))
  let last: PlainMap = {}
  const show = (next: PlainMap) => {
    doc.transact(() => mirror(root, last, next))
    last = next
    return readBoard(root)
  }
  show(first)
  return { doc, root, sizes, show }
}

describe('mirror', () => {
  const cases: readonly (readonly [string, PlainMap, PlainMap])[] = [
    ['a value that came', { a: 1 }, { a: 1, b: 'hai' }],
    ['a value that went', { a: 1, b: 2 }, { a: 1 }],
    ['a value that changed its kind', { a: 1, b: null, c: true }, { a: 'một', b: 2, c: null }],
    ['a value that became a map', { a: 1 }, { a: { b: { c: 1 } } }],
    ['a map that became a value', { a: { b: { c: 1 } } }, { a: null }],
    ['a map that became a list', { a: { b: 1 } }, { a: [1, { b: 1 }] }],
    ['a list that became a map', { a: [1] }, { a: { b: 1 } }],
    ['a list that changed inside', { a: [1, { b: 1 }] }, { a: [1, { b: 2 }, [3]] }],
    ['deep changes', { a: { b: { c: 1, d: 2 }, e: {} } }, { a: { b: { c: 1, d: 3 }, e: { f: {} } } }],
    ['everything that went', { a: { b: 1 } }, {}],
  ]
  it.each(cases)('writes %s', (_name, before, after) => {
    expect(board(before).show(after)).toEqual(after)
  })

  it('writes nothing for the same view, nor for an equal one that was made anew', () => {
    const view = { a: { b: [1, 2], c: 'x' }, d: null }
    const { sizes, show } = board(view)
    show(view)
    show(structuredClone(view))
    expect(sizes).toHaveLength(1)
  })

  it('writes a change deep inside without touching its neighbours', () => {
    const { root, show } = board({ a: { x: { n: 1 }, y: { n: 1 } } })
    const a = root.get('a') as Y.Map<Y.Map<unknown>>
    const [x, y] = [a.get('x'), a.get('y')]
    show({ a: { x: { n: 2 }, y: { n: 1 } } })
    expect(root.get('a')).toBe(a)
    expect(a.get('x')).toBe(x)
    expect(a.get('y')).toBe(y)
  })

  it('mends a map that the document has lost', () => {
    const { doc, root } = board({ a: { b: 1 } })
    root.delete('a')
    doc.transact(() => mirror(root, { a: { b: 1 } }, { a: { b: 2 } }))
    expect(readBoard(root)).toEqual({ a: { b: 2 } })
  })
})

const unit = (value: unknown): PlainMap => JSON.parse(JSON.stringify(value)) as PlainMap

// Generous, because the machine may be busy: the limit only ends a test that hangs.
describe(`boards of meetings led by chance (SEED=${SEED})`, { timeout: 60_000 }, () => {
  it.each(['participants', 'organisers'] as const)('read back as the view of %s after every act', (audience) => {
    for (let seed = SEED; seed < SEED + 5; seed += 1) {
      const { doc, root, show } = board()
      const copy = new Y.Doc()
      doc.on('update', (update: Uint8Array) => Y.applyUpdate(copy, update))
      const live = liveView<PlainMap>(copy)
      const late = copy.getMap<unknown>(BOARD_ROOT)
      for (const { after } of randomRun(seed, 160)) {
        if (after === null) continue
        const view = viewMeeting(after, audience)
        // A board is plain JSON data; the interfaces of the views only lack an index signature.
        show(view as unknown as PlainMap)
        const expected = unit(view)
        expect(readBoard(root), `seed ${seed}`).toEqual(expected)
        expect(live.current(), `seed ${seed}`).toEqual(expected)
      }
      expect(readBoard(late)).toEqual(readBoard(root))
      live.destroy()
    }
  })

  it('a board rebuilt from the last view equals the one that was kept up to date', () => {
    for (let seed = SEED; seed < SEED + 5; seed += 1) {
      const { root, show } = board()
      const states = randomRun(seed, 160).flatMap(({ after }) => (after === null ? [] : [after]))
      const views = states.map((state) => viewMeeting(state, 'organisers') as unknown as PlainMap)
      for (const view of views) show(view)
      expect(readBoard(board(views.at(-1)).root), `seed ${seed}`).toEqual(readBoard(root))
    }
  })
})
