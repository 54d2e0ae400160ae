// What can be odd about the structure of a file: closed codes, with the place and how much it weighs.

export const STRUCTURE_CODES = [
  'duplicate-key',
  'duplicate-object',
  'empty-revision',
  'encrypted',
  'hybrid',
  'object-malformed',
  'object-not-where-xref-says',
  'object-outside-its-revision',
  'object-stream-replaced',
  'objects-overlap',
  'prev-not-the-previous-revision',
  'size-wrong',
  'startxref-missing',
  'too-large',
  'trailing-bytes',
  'unexplained-bytes',
  'unreferenced-object',
  'xref-entry-malformed',
  'xref-first-section-gap',
] as const
export type StructureCode = (typeof STRUCTURE_CODES)[number]

/**
 * `error`: no honest writer leaves this, at least not in a revision behind the first. `warning`: sloppy writers do.
 * `info`: honest files have it, and a careful reader wants to know.
 */
export type Severity = 'info' | 'warning' | 'error'

export interface StructureFinding {
  readonly code: StructureCode
  readonly severity: Severity
  /** Index of the revision it belongs to: callers may be mild with 0, which was there before anyone signed. */
  readonly revision: number
  /** In the whole file; null where the finding has no place. */
  readonly offset: number | null
  readonly length: number | null
  readonly object: number | null
}

/** A finding with null for what is not given. */
export function finding(
  code: StructureCode,
  severity: Severity,
  revision: number,
  place: { readonly offset?: number; readonly length?: number; readonly object?: number } = {},
): StructureFinding {
  const { offset = null, length = null, object = null } = place
  return { code, severity, revision, offset, length, object }
}
