// One generic mirror for all boards: the difference between two views, written into a Y.Map. Unchanged subtrees are the same object and are skipped.
import * as Y from 'yjs'

/** Plain JSON data; arrays are written whole, objects become Y.Maps. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }
type PlainMap = { readonly [key: string]: Plain }

/** The name of the one root type of every board's Y.Doc. */
export const BOARD_ROOT = 'board'

/** Writes what differs between `before` and `after` into `target`, which holds `before`. Call inside a transaction. */
export function mirror(target: Y.Map<unknown>, before: PlainMap, after: PlainMap): void {
  for (const key of Object.keys(before)) if (!(key in after)) target.delete(key)
  for (const [key, value] of Object.entries(after)) {
    const old = before[key]
    if (old === value) continue
    const child = target.get(key)
    if (isMap(old) && isMap(value) && child instanceof Y.Map) mirror(child, old, value)
    else if (!sameValue(old, value)) write(target, key, value)
  }
}

/** The whole of a board as plain data, made fresh. */
export function readBoard(root: Y.Map<unknown>): PlainMap {
  return root.toJSON()
}

function isMap(value: Plain | undefined): value is PlainMap {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function write(target: Y.Map<unknown>, key: string, value: Plain): void {
  if (!isMap(value)) {
    target.set(key, value)
    return
  }
  const child = new Y.Map<unknown>()
  target.set(key, child)
  for (const [name, inner] of Object.entries(value)) write(child, name, inner)
}

/** A rebuilt array or a scalar that says the same is no news. */
function sameValue(a: Plain | undefined, b: Plain): boolean {
  if (a === undefined || isMap(a) || isMap(b)) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
