// Reads a part of a file that may be broken, where the rest shall still be looked at.
import { PdfFault } from '../fault.ts'

/** Null where the part cannot be read; a programming error stays an exception. */
export function readable<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof PdfFault) return null
    throw error
  }
}
