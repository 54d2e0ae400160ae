// Every known way to get something into a guarded text that its author may not write there.

import { ATTACKS_ON_CLIENT_IDS } from './attacks-on-client-ids.ts'
import { ATTACKS_ON_CLOCKS } from './attacks-on-clocks.ts'
import { ATTACKS_ON_LISTS } from './attacks-on-lists.ts'
import { ATTACKS_ON_RIGHTS } from './attacks-on-rights.ts'
import { ATTACKS_ON_SHAPES } from './attacks-on-shapes.ts'
import type { Attack } from './attack.ts'

export const ATTACKS: readonly Attack[] = [
  ...ATTACKS_ON_RIGHTS,
  ...ATTACKS_ON_CLIENT_IDS,
  ...ATTACKS_ON_CLOCKS,
  ...ATTACKS_ON_LISTS,
  ...ATTACKS_ON_SHAPES,
]
