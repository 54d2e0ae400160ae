// The fields of acts on the organisation that have a name on the screen.

const FIELDS = [
  'unitId',
  'parentId',
  'successorId',
  'personId',
  'positionId',
  'deviceId',
  'name',
  'code',
  'kind',
  'from',
  'until',
  'phone',
  'title',
  'role',
  'username',
  'publicKey',
  'certificate',
  'fingerprint',
  'anchors',
  'timestampServices',
  'hubKey',
  'units',
  'people',
  'positions',
  'accounts',
] as const

/** @returns null for a field that this version does not know */
export function fieldKey(name: string): (typeof FIELDS)[number] | null {
  return FIELDS.find((field) => field === name) ?? null
}
