// Broken parts are passed over, mistakes of ours are not.
import { expect, test } from 'vitest'
import { damaged } from '../fault.ts'
import { attempt, SigningStop } from '../sign/fault.ts'
import { readable } from './readable.ts'
import { scanBeforeSigning } from './scan.ts'

function raise(error: Error): never {
  throw error
}

test('a part that cannot be read is null', () => {
  expect(readable(() => 1)).toBe(1)
  expect(readable(() => raise(damaged('x')))).toBeNull()
})

test('what stops a public function becomes a fault', () => {
  expect(attempt(() => raise(damaged('x')))).toEqual({ fault: 'unreadable' })
  expect(attempt(() => raise(new SigningStop('page-missing')))).toEqual({ fault: 'page-missing' })
})

test('a programming error stays an exception', () => {
  expect(() => readable(() => raise(new TypeError('x')))).toThrow(TypeError)
  expect(() => attempt(() => raise(new TypeError('x')))).toThrow(TypeError)
  const broken = {
    bytes: new Uint8Array(0),
    get revisions(): never {
      return raise(new TypeError('x'))
    },
  }
  expect(() => scanBeforeSigning(broken)).toThrow(TypeError)
})
