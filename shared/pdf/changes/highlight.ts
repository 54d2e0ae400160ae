// Marks on text (highlight, underline, strike-out): whether their appearance lets the text be read.
import { operationsOf } from './content-stream.ts'
import { keysOf, nameOf, type Located, type RevisionView } from './view.ts'

const FILLS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*'])
const STROKES = new Set(['S', 's'])
/** What a mark never needs. */
const PICTURES = new Set(['Do', 'BI', 'sh', 'Tj', 'TJ', "'", '"', 'cm'])
/** A line through text, in points; thicker ones hide it. */
const MAX_LINE = 3

/** True without an appearance: then the viewer draws the mark as ISO 32000-1, 12.5.6.10 says. */
export function marksOnly(view: RevisionView, annotation: Located, subtype: string): boolean {
  const modes = view.entry(annotation, 'AP')
  if (modes.value === undefined) return true
  const normal = view.entry(modes, 'N')
  const operations = operationsOf(view, normal)
  if (operations === null || view.entry(normal, 'Matrix').value !== undefined) return false
  const states = view.entry(view.entry(normal, 'Resources'), 'ExtGState')
  const multiplies = (name: string): boolean => nameOf(view.entry(view.entry(states, name), 'BM').value) === 'Multiply'
  if (
    keysOf(states, states).some(
      (name) => view.entry(view.entry(states, name), 'BM').value !== undefined && !multiplies(name),
    )
  )
    return false
  let [through, width] = [false, 1]
  for (const { operator, operands } of operations) {
    const [first] = operands
    if (PICTURES.has(operator)) return false
    if (operator === 'gs') through ||= multiplies(nameOf(first) ?? '')
    // A state taken back could take the blend mode along.
    if (operator === 'Q') through = false
    if (operator === 'w') width = typeof first === 'number' ? first : MAX_LINE + 1
    // Multiplied onto the page a mark darkens and hides nothing.
    if (FILLS.has(operator) && !through) return false
    if (STROKES.has(operator) && !through && (width > MAX_LINE || subtype === 'Highlight')) return false
  }
  return true
}
