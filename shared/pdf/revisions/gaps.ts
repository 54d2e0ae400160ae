// What stands between the known parts of a revision: white space and comments explain themselves, anything else does not.
import { isWhitespace, standsAt } from '../objects.ts'

/** `[start, end)`, counted from the header. */
export type Part = { readonly start: number; readonly end: number }

/**
 * Most bytes of comments in a revision behind the first. Comments are invisible, and may be what a reader that repairs files
 * takes for objects; updates of other products bring at most a line.
 */
export const MAX_COMMENT_BYTES = 1024

const MARK = '%%EOF'

export type Gaps = {
  readonly unexplained: readonly Part[]
  /** Pairs of parts that share bytes, by the start of the second. */
  readonly overlapping: readonly Part[]
}

/** @param parts of the revision, in any order @param comments how many bytes of comments explain themselves */
export function gapsBetween(bytes: Uint8Array, whole: Part, parts: readonly Part[], comments: number): Gaps {
  const unexplained: Part[] = []
  const overlapping: Part[] = []
  let left = comments
  let at = whole.start
  for (const part of [...parts.toSorted((a, b) => a.start - b.start), { start: whole.end, end: whole.end }]) {
    if (part.start < at) {
      overlapping.push({ start: part.start, end: Math.min(at, part.end) })
      at = Math.max(at, part.end)
      continue
    }
    const rest = behindSpace(bytes, at, part.start, left)
    left = rest.left
    if (rest.at < part.start) unexplained.push({ start: rest.at, end: trimmed(bytes, rest.at, part.start) })
    at = part.end
  }
  return { unexplained, overlapping }
}

/** Passes over white space and comments; `%%EOF` is no comment where no revision ends. */
function behindSpace(
  bytes: Uint8Array,
  from: number,
  to: number,
  comments: number,
): { readonly at: number; readonly left: number } {
  let at = from
  let left = comments
  while (at < to) {
    if (isWhitespace(bytes[at])) at++
    else if (bytes[at] === 0x25 && !standsAt(bytes, at, MARK)) {
      const begin = at
      while (at < to && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++
      left -= at - begin
      if (left < 0) return { at: begin, left: 0 }
    } else return { at, left }
  }
  return { at, left }
}

function trimmed(bytes: Uint8Array, from: number, to: number): number {
  let end = to
  while (end > from && isWhitespace(bytes[end - 1])) end--
  return end
}
