// Names of people and units from the directory: one place that knows what to say when somebody is not in it.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { holdsOn } from '../../shared/org/dates.ts'
import { HUB_ACTOR } from '../../shared/org/state.ts'
import { localDay } from '../../shared/text/dates.ts'
import { useDirectory } from '../client/hooks.ts'

/** @returns names by person id; "Máy chủ" for what the hub itself did */
export function usePersonName(): (personId: string) => string {
  const directory = useDirectory()
  const { t } = useTranslation()
  return useCallback(
    (personId) => directory?.people[personId]?.name ?? t(personId === HUB_ACTOR ? 'hub' : 'unknownPerson'),
    [directory, t],
  )
}

/** @returns the titles that a person holds today, as they stand under a signature; empty when there are none */
export function usePersonTitles(): (personId: string) => readonly string[] {
  const directory = useDirectory()
  return useCallback(
    (personId) => {
      const today = localDay(new Date().toISOString())
      return Object.values(directory?.positions ?? {})
        .filter((position) => position.personId === personId && holdsOn(position, today))
        .map((position) => position.title)
    },
    [directory],
  )
}

export function useUnitName(): (unitId: string) => string {
  const directory = useDirectory()
  const { t } = useTranslation()
  return useCallback((unitId) => directory?.units[unitId]?.name ?? t('unknownUnit'), [directory, t])
}

export function PersonName({ id }: { readonly id: string }) {
  return <>{usePersonName()(id)}</>
}
