// Where C_Login stands in CK_FUNCTION_LIST, on systems that this test does not run on.
import { expect, test } from 'vitest'
import { functionOffset } from './pin-pad.ts'

test('the function list is packed on Windows and aligned elsewhere', () => {
  expect(functionOffset(0, 'win32', 8)).toBe(2)
  expect(functionOffset(18, 'win32', 8)).toBe(146)
  expect(functionOffset(0, 'linux', 8)).toBe(8)
  expect(functionOffset(18, 'darwin', 8)).toBe(152)
})
