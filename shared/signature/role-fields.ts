// Which field a role signs in, and which role a field tells of: the names stand in the file and are the only record of the role.
import { OUTGOING_FIELDS } from '../pdf/sign/outgoing-fields.ts'
import type { SigningRole } from '../pdf/sign/roles.ts'

const FIELDS: Readonly<Record<SigningRole, string>> = {
  personal: OUTGOING_FIELDS.leader,
  agency: OUTGOING_FIELDS.seal,
  annex: 'ky_phu_luc',
  copy: 'ky_sao',
  initials: 'ky_nhay',
  plain: 'ky_so',
}

const ROLES = new Map(Object.entries(FIELDS).map(([role, field]) => [field, role as SigningRole]))

/** The role of a field that this application named, `ky_so` or `ky_so_2`; null for every other. */
export function roleOfField(field: string): SigningRole | null {
  return ROLES.get(field.replace(/_\d+$/, '')) ?? null
}

/** A name for a new field of a role that the file does not have yet. */
export function newFieldName(role: SigningRole, taken: ReadonlySet<string>): string {
  const base = FIELDS[role]
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`
    if (!taken.has(name)) return name
  }
}
