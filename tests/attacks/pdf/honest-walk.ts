// Random honest lives: a paper is signed, and then filled, sealed, proven and renewed in any order that its signatures allow.
import type { Random } from '../random.ts'
import { newNote } from './honest.ts'
import {
  append,
  ARCHIVE,
  CHECK,
  DATE,
  INFO,
  LEADER,
  NOTE,
  NOTE_WIDGET,
  NUMBER,
  ROOT,
  SEAL,
  drawn,
  stream,
  unsignedPaper,
  withEntries,
  XMP,
  type Changes,
  type Paper,
} from './paper.ts'
import { certify, dss, fieldMdp, fill, freeNumber, newField, sign, timestamp } from './signing.ts'

interface State {
  readonly paper: Paper
  /** Fields that may still be filled or signed. */
  readonly open: ReadonlySet<string>
  readonly level: 1 | 2 | 3
  readonly steps: readonly string[]
}

const NAMES: Readonly<Record<string, number>> = {
  number: NUMBER,
  date: DATE,
  note: NOTE,
  check: CHECK,
  seal: SEAL,
  archive: ARCHIVE,
}
const SIGNABLE = ['seal', 'archive']

/** A paper with some ten revisions and the way it came about. */
export function honestWalk(random: Random): State {
  let state = begin(random)
  const steps = 1 + random.int(8)
  for (let i = 0; i < steps; i++) state = next(state, random)
  return state
}

function begin(random: Random): State {
  const base = unsignedPaper({}, '', random.pick(['table', 'stream'] as const))
  const all = Object.keys(NAMES)
  const left = all.filter(() => !random.once(3))
  const lock = random.pick(['none', 'Exclude', 'Include'] as const)
  const names = lock === 'Exclude' ? left : all.filter((name) => !left.includes(name))
  const reference = lock === 'none' ? '' : fieldMdp(lock, names)
  const open = new Set(lock === 'none' ? all : left)
  const level = random.pick([2, 2, 3, 1] as const)
  if (random.once(2))
    return {
      paper: sign(base, LEADER, reference === '' ? {} : { dict: `/Reference[${reference}]` }),
      open,
      level: 2,
      steps: [`approve ${lock}`],
    }
  return { paper: certify(base, LEADER, level, reference), open, level, steps: [`certify ${level} ${lock}`] }
}

function next(state: State, random: Random): State {
  const { paper } = state
  const done = (name: string, made: Paper, more: Partial<State> = {}): State => ({
    ...state,
    ...more,
    paper: made,
    steps: [...state.steps, name],
  })
  const index = state.steps.length
  switch (random.int(8)) {
    case 0:
      return done('evidence', append(paper, dss(paper)))
    case 1:
      return done('timestamp', timestamp(paper, `ts${index}`))
    case 2:
      return done(
        'traces',
        append(paper, {
          [INFO]: withEntries(paper.objects.get(INFO) ?? '', { ModDate: `(D:2027010100000${index}Z)` }),
          [XMP]: stream('/Type/Metadata/Subtype/XML', `<x><dc:title>A paper</dc:title>${index}</x>`),
        }),
      )
    case 3:
      if (state.level !== 3) return state
      return done(
        'note',
        append(
          paper,
          newNote(paper, `/Subtype/Text/Rect[500 ${100 + 25 * index} 520 ${120 + 25 * index}]/Contents(${index})`)[1],
        ),
      )
    case 4: {
      if (state.level === 1) return state
      const [, changes] = newField(paper, `new${index}`)
      return canTouch(state, `new${index}`) ? done('new field', append(paper, changes)) : state
    }
    case 5: {
      const names = SIGNABLE.filter((name) => state.open.has(name))
      if (state.level === 1 || names.length === 0) return state
      return seal(state, random.pick(names), random, done)
    }
    default: {
      const filled = fillSome(state, random)
      return filled === null ? state : done('fill', append(paper, { ...again(paper, random), ...filled }))
    }
  }
}

/** A field that is not named by any lock is locked by All and by Exclude. */
function canTouch(state: State, _name: string): boolean {
  return state.steps.every((step) => !/Exclude|All/.test(step))
}

/** Signs, perhaps with fields filled in the same increment, perhaps locking what is left. */
function seal(
  state: State,
  name: string,
  random: Random,
  done: (name: string, made: Paper, more: Partial<State>) => State,
): State {
  const filled = random.once(2) ? (fillSome(state, random) ?? {}) : {}
  const rest = [...state.open].filter((other) => other !== name)
  const lock = random.pick(['none', 'All', 'Include'] as const)
  const locked = rest.filter(() => random.once(2))
  const reference = lock === 'none' ? '' : `/Reference[${fieldMdp(lock, locked)}]`
  const open = new Set(lock === 'All' ? [] : lock === 'none' ? rest : rest.filter((other) => !locked.includes(other)))
  return done(`sign ${name} ${lock}`, sign(state.paper, NAMES[name] ?? 0, { dict: reference, changes: filled }), {
    open,
  })
}

function fillSome(state: State, random: Random): Changes | null {
  const names = ['number', 'date', 'note', 'check'].filter((name) => state.open.has(name) && !random.once(3))
  if (state.level === 1 || names.length === 0) return null
  let changes: Changes = {}
  for (const name of names) {
    const value = `v${random.int(1000)}`
    if (name === 'check') {
      const on = random.pick(['/Yes', '/Off'])
      changes = { ...changes, [CHECK]: withEntries(state.paper.objects.get(CHECK) ?? '', { V: on, AS: on }) }
    } else if (name === 'note') {
      const at = freeNumber(state.paper, changes)
      const text = (number: number) => state.paper.objects.get(number) ?? ''
      changes = {
        ...changes,
        [at]: drawn(value),
        [NOTE]: withEntries(text(NOTE), { V: `(${value})` }),
        [NOTE_WIDGET]: withEntries(text(NOTE_WIDGET), { AP: `<</N ${at} 0 R>>` }),
      }
    } else changes = fill(state.paper, NAMES[name] ?? 0, value, changes)
  }
  return changes
}

/** Some writers write objects again that have not changed. */
function again(paper: Paper, random: Random): Changes {
  return random.once(2) ? { [ROOT]: paper.objects.get(ROOT) ?? '', 3: paper.objects.get(3) ?? '' } : {}
}
