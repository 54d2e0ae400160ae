// The forms on a person: name and telephone, a position given, a position ended.
import { useTranslation } from 'react-i18next'
import { POSITION_ROLES } from '../../../shared/org/acts.ts'
import type { Person, Position } from '../../../shared/org/state.ts'
import type { DirectoryBoard } from '../../../shared/org/view.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useToday } from './today.ts'
import { useOrgAct } from './use-org-act.ts'

const NAME_MAX = 200
const PHONE_MAX = 40

interface DialogProps {
  readonly onClose: () => void
}

/** @param props.person null: a new one */
export function PersonDialog({ person, onClose }: DialogProps & { readonly person: Person | null }) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  const verb = person === null ? t('people.add') : t('people.rename')
  return (
    <FormDialog
      title={verb}
      {...(person === null ? {} : { consequence: t('people.renameText') })}
      verb={verb}
      fields={[
        { kind: 'text', name: 'name', label: t('people.name'), maxLength: NAME_MAX },
        { kind: 'text', name: 'phone', label: t('people.phone'), maxLength: PHONE_MAX, optional: true },
      ]}
      initial={{ name: person?.name ?? '', phone: person?.phone ?? '' }}
      submit={({ name, phone }) =>
        person === null
          ? act('org.addPerson', { personId: crypto.randomUUID(), name, phone }, t('done.personAdded'))
          : act('org.renamePerson', { personId: person.id, name, phone }, t('done.personRenamed'))
      }
      onClose={onClose}
    />
  )
}

interface GiveProps extends DialogProps {
  readonly person: Person
  readonly directory: DirectoryBoard
}

export function GivePositionDialog({ person, directory, onClose }: GiveProps) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const act = useOrgAct()
  const today = useToday()
  const units = Object.values(directory.units)
    .filter((unit) => unit.until === null || unit.until > today)
    .map((unit) => ({ value: unit.id, label: unit.name }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
  return (
    <FormDialog
      title={t('positions.giveTitle', { name: person.name })}
      verb={t('positions.give')}
      fields={[
        { kind: 'choice', name: 'unit', label: t('positions.unit'), options: units },
        {
          kind: 'text',
          name: 'title',
          label: t('positions.title'),
          help: t('positions.titleHelp'),
          maxLength: NAME_MAX,
        },
        {
          kind: 'choice',
          name: 'role',
          label: t('positions.role'),
          help: t('positions.roleHelp'),
          options: POSITION_ROLES.map((role) => ({ value: role, label: common(`role.${role}`) })),
        },
        { kind: 'day', name: 'from', label: t('positions.from') },
      ]}
      initial={{ unit: '', title: '', role: '', from: today }}
      submit={({ unit, title, role, from }) =>
        act(
          'org.givePosition',
          {
            positionId: crypto.randomUUID(),
            personId: person.id,
            unitId: unit,
            title,
            // The form offers nothing else; the least right stands for what cannot be.
            role: POSITION_ROLES.find((known) => known === role) ?? 'guest',
            from,
          },
          t('done.positionGiven'),
        )
      }
      onClose={onClose}
    />
  )
}

interface EndProps extends DialogProps {
  readonly person: Person
  readonly position: Position
}

export function EndPositionDialog({ person, position, onClose }: EndProps) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  const today = useToday()
  return (
    <FormDialog
      title={t('positions.endTitle')}
      consequence={t('positions.endText', { name: person.name, title: position.title })}
      verb={t('positions.endVerb')}
      danger
      fields={[{ kind: 'day', name: 'until', label: t('positions.until'), earliest: position.from }]}
      initial={{ until: today > position.from ? today : position.from }}
      submit={({ until }) => act('org.endPosition', { positionId: position.id, until }, t('done.positionEnded'))}
      onClose={onClose}
    />
  )
}
