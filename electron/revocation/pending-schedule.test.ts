// When a waiting file is tried again: back-off, what nothing can mend, and what a restart finds.
import assert from 'node:assert/strict'
import { describe, test } from 'vitest'
import {
  afterStart,
  nextDue,
  nextTime,
  withAdded,
  withEnded,
  withLineBack,
  withStarted,
  type UpgradeList,
  type UpgradeProblem,
} from './pending-schedule.ts'

const MINUTE = 60_000
const START = 1_000_000_000
const file = (name: string) => ({ id: name, file: `/văn bản/${name}.pdf`, digest: name.padEnd(64, '0') })

function listOf(...names: readonly string[]): UpgradeList {
  return names.reduce<UpgradeList>((list, name, index) => withAdded(list, file(name), START + index), [])
}

/** Tries the first file once, as soon as it is due. @returns how long after the try it is due again, in minutes */
function tried(list: UpgradeList, problem: UpgradeProblem | null, chance = 0): { list: UpgradeList; wait: number } {
  const at = nextTime(list)
  assert.ok(at !== null)
  const due = nextDue(list, at)
  assert.ok(due)
  const ended = withEnded(withStarted(list, due.id), due.id, problem, at, chance)
  return { list: ended, wait: ((nextTime(ended) ?? at) - at) / MINUTE }
}

describe('a file that waits', () => {
  test('is due at once, and the one that waits longest goes first', () => {
    const list = listOf('a', 'b')
    assert.equal(nextDue(list, START - 1), null)
    assert.equal(nextDue(list, START + 1)?.id, 'a')
    assert.equal(nextTime(list), START)
    assert.equal(nextTime([]), null)
  })

  test('is added once, and again only when its first wait is over', () => {
    const list = listOf('a')
    assert.equal(withAdded(list, { ...file('a'), id: 'x' }, START), list)
    const done = withEnded(withStarted(list, 'a'), 'a', null, START, 0)
    assert.equal(withAdded(done, { ...file('a'), id: 'x' }, START).length, 2)
  })

  test('with other content under the same name is another one', () => {
    assert.equal(withAdded(listOf('a'), { ...file('a'), id: 'x', digest: 'f'.repeat(64) }, START).length, 2)
  })

  test('is tried ever later, at the latest every six hours, and never given up', () => {
    const waits: number[] = []
    let list = listOf('a')
    for (let round = 0; round < 9; round++) {
      const next = tried(list, 'timestamp-failed')
      list = next.list
      waits.push(next.wait)
    }
    assert.deepEqual(waits, [1, 2, 5, 15, 60, 180, 360, 360, 360])
  })

  test('is spread by chance by up to a quarter', () => {
    assert.equal(tried(listOf('a'), 'revocation-incomplete', 0.999_999).wait.toFixed(3), '1.250')
  })

  test('while it is worked on is not given to anyone else', () => {
    const list = withStarted(listOf('a'), 'a')
    assert.equal(nextDue(list, START + MINUTE), null)
    assert.equal(nextTime(list), null)
  })

  test('is due again at once when the line is back, and starts with short waits', () => {
    let { list } = tried(listOf('a'), 'timestamp-failed')
    for (let round = 0; round < 5; round++) ({ list } = tried(list, 'timestamp-failed'))
    const back = withLineBack(list, START + 5)
    assert.equal(nextTime(back), START + 5)
    assert.equal(tried(back, 'timestamp-failed').wait, 1)
  })

  test('that is due already stays due as long as it was when the line is back', () => {
    assert.equal(nextTime(withLineBack(listOf('a'), START + MINUTE)), START)
  })
})

describe('an end', () => {
  test.each(['file-gone', 'file-changed', 'certificate-revoked', 'certificate-expired', 'file-refused'] as const)(
    '%s is final, with its code',
    (problem) => {
      const { list } = tried(listOf('a'), problem)
      assert.deepEqual([list[0]?.state, list[0]?.problem, nextTime(list)], ['failed', problem, null])
    },
  )

  test.each(['timestamp-failed', 'revocation-incomplete', 'file-busy', 'internal'] as const)(
    '%s is tried again',
    (problem) => {
      const { list } = tried(listOf('a'), problem)
      assert.deepEqual([list[0]?.state, list[0]?.problem, list[0]?.attempts], ['waiting', problem, 1])
    },
  )

  test('success clears the problem', () => {
    const { list } = tried(tried(listOf('a'), 'file-busy').list, null)
    assert.deepEqual([list[0]?.state, list[0]?.problem, list[0]?.attempts], ['done', null, 2])
  })

  test('leaves the other files as they are', () => {
    const list = listOf('a', 'b')
    assert.equal(tried(list, null).list[1], list[1])
  })
})

describe('after a start', () => {
  test('what was being worked on waits again, and the try counts', () => {
    const list = afterStart(withStarted(listOf('a'), 'a'), START, 0)
    assert.deepEqual([list[0]?.state, list[0]?.attempts, nextTime(list)], ['waiting', 1, START + MINUTE])
  })

  test('what waits is untouched', () => {
    const list = listOf('a')
    assert.deepEqual(afterStart(list, START, 0), list)
  })

  test('what ended more than a week ago is dropped', () => {
    const { list } = tried(listOf('a'), null)
    const week = 7 * 24 * 60 * MINUTE
    assert.equal(afterStart(list, START + week - 1, 0).length, 1)
    assert.equal(afterStart(list, START + week, 0).length, 0)
  })
})
