// How every list of people on these screens is searched: without diacritics, words in any order.
import type { OptionsFilter } from '@mantine/core'
import { matches } from '../logic/find-people.ts'

/** For Mantine's `filter`; our lists have no groups. */
export const byName: OptionsFilter = ({ options, search }) =>
  options.filter((option) => 'label' in option && matches(option.label, search))
