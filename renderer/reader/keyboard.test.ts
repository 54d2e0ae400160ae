// Keys of the reader, and keys that it leaves alone.
import { expect, it } from 'vitest'
import { commandOf } from './keyboard.ts'

const PLAIN = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, editing: false }

it.each([
  ['PageDown', {}, 'next-page'],
  ['ArrowLeft', {}, 'previous-page'],
  ['Home', {}, 'first-page'],
  ['End', {}, 'last-page'],
  ['Escape', { editing: true }, 'close'],
  ['f', { ctrlKey: true }, 'find'],
  ['f', { metaKey: true, editing: true }, 'find'],
  ['+', { ctrlKey: true, shiftKey: true }, 'zoom-in'],
  ['=', { ctrlKey: true }, 'zoom-in'],
  ['-', { ctrlKey: true }, 'zoom-out'],
  ['0', { ctrlKey: true }, 'zoom-reset'],
  ['F3', {}, 'find-next'],
  ['F3', { shiftKey: true }, 'find-previous'],
  ['Home', { editing: true }, null],
  ['PageDown', { shiftKey: true }, null],
  ['ArrowLeft', { altKey: true }, null],
  ['ArrowDown', {}, null],
  ['f', {}, null],
  ['c', { ctrlKey: true }, null],
])('%s with %j is %s', (key, more, command) => {
  expect(commandOf({ ...PLAIN, ...more, key })).toBe(command)
})
