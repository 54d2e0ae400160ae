// Units as the lines of a tree, from top to bottom: pure.
import { holdsOn } from '../../../shared/org/dates.ts'
import type { Position, Unit } from '../../../shared/org/state.ts'
import { matches } from '../../components/matches.ts'

export interface UnitLine {
  readonly unit: Unit
  /** 1 is the outermost. */
  readonly level: number
  /** It holds on the day that was asked for, or will. */
  readonly ended: boolean
}

const collator = new Intl.Collator('vi')

/** @param day `YYYY-MM-DD` @param query keeps the units that answer it, and those above them */
export function unitTree(
  units: Readonly<Record<string, Unit>>,
  day: string,
  showEnded: boolean,
  query: string,
): readonly UnitLine[] {
  const all = Object.values(units)
  const shown = all.filter((unit) => showEnded || unit.until === null || unit.until > day)
  const linesBelow = (parentId: string | null, level: number): readonly UnitLine[] =>
    shown
      .filter((unit) => (parentId === null ? isTop(unit, units) : unit.parentId === parentId))
      .sort((a, b) => collator.compare(a.name, b.name))
      .flatMap((unit) => {
        const below = linesBelow(unit.id, level + 1)
        const wanted = below.length > 0 || matches(query, unit.name, unit.code)
        return wanted ? [{ unit, level, ended: unit.until !== null && unit.until <= day }, ...below] : []
      })
  return linesBelow(null, 1)
}

/** A unit whose parent is not known stands at the top, rather than nowhere. */
function isTop(unit: Unit, units: Readonly<Record<string, Unit>>): boolean {
  return unit.parentId === null || units[unit.parentId] === undefined
}

/** Who holds a position in the unit on the day, by name of the role's order. */
export function holders(
  positions: Readonly<Record<string, Position>>,
  unitId: string,
  day: string,
): readonly Position[] {
  return Object.values(positions)
    .filter((position) => position.unitId === unitId && holdsOn(position, day))
    .sort((a, b) => collator.compare(a.title, b.title))
}
