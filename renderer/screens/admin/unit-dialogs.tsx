// The three forms on a unit: add, rename, end with a successor.
import { useTranslation } from 'react-i18next'
import { UNIT_KINDS } from '../../../shared/org/acts.ts'
import type { Unit } from '../../../shared/org/state.ts'
import type { DirectoryBoard } from '../../../shared/org/view.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useToday } from './today.ts'
import { useOrgAct } from './use-org-act.ts'

const NAME_MAX = 200
const CODE_MAX = 40

interface DialogProps {
  readonly onClose: () => void
}

/** Units that may be named in a form: those that have not ended, by name. */
function useUnitOptions(directory: DirectoryBoard, without: string | null) {
  return Object.values(directory.units)
    .filter((unit) => unit.until === null && unit.id !== without)
    .map((unit) => ({ value: unit.id, label: unit.name }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
}

interface AddUnitProps extends DialogProps {
  readonly directory: DirectoryBoard
  readonly parentId: string | null
}

export function AddUnitDialog({ directory, parentId, onClose }: AddUnitProps) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const act = useOrgAct()
  const today = useToday()
  const options = useUnitOptions(directory, null)
  return (
    <FormDialog
      title={t('units.add')}
      verb={t('units.add')}
      fields={[
        { kind: 'text', name: 'name', label: t('units.name'), maxLength: NAME_MAX },
        { kind: 'text', name: 'code', label: t('units.code'), help: t('units.codeHelp'), maxLength: CODE_MAX },
        {
          kind: 'choice',
          name: 'kind',
          label: t('units.kind'),
          options: UNIT_KINDS.map((kind) => ({ value: kind, label: common(`unitKind.${kind}`) })),
        },
        { kind: 'choice', name: 'parent', label: t('units.parent'), options, optional: true },
        { kind: 'day', name: 'from', label: t('units.from') },
      ]}
      initial={{ name: '', code: '', kind: 'division', parent: parentId ?? '', from: today }}
      submit={({ name, code, kind, parent, from }) =>
        act(
          'org.addUnit',
          {
            unitId: crypto.randomUUID(),
            name,
            code,
            kind: UNIT_KINDS.find((known) => known === kind) ?? 'other',
            parentId: parent === '' ? null : parent,
            from,
          },
          t('done.unitAdded'),
        )
      }
      onClose={onClose}
    />
  )
}

export function RenameUnitDialog({ unit, onClose }: DialogProps & { readonly unit: Unit }) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  return (
    <FormDialog
      title={t('units.renameTitle')}
      consequence={t('units.renameText')}
      verb={t('units.rename')}
      fields={[
        { kind: 'text', name: 'name', label: t('units.name'), maxLength: NAME_MAX },
        { kind: 'text', name: 'code', label: t('units.code'), help: t('units.codeHelp'), maxLength: CODE_MAX },
      ]}
      initial={{ name: unit.name, code: unit.code }}
      submit={({ name, code }) => act('org.renameUnit', { unitId: unit.id, name, code }, t('done.unitRenamed'))}
      onClose={onClose}
    />
  )
}

interface EndUnitProps extends DialogProps {
  readonly unit: Unit
  readonly directory: DirectoryBoard
}

export function EndUnitDialog({ unit, directory, onClose }: EndUnitProps) {
  const { t } = useTranslation('admin')
  const act = useOrgAct()
  const today = useToday()
  const options = useUnitOptions(directory, unit.id)
  return (
    <FormDialog
      title={t('units.endTitle')}
      consequence={t('units.endText', { name: unit.name })}
      verb={t('units.end')}
      danger
      fields={[
        { kind: 'day', name: 'until', label: t('units.until'), earliest: unit.from },
        { kind: 'choice', name: 'successor', label: t('units.successor'), options, optional: true },
      ]}
      initial={{ until: today, successor: '' }}
      submit={({ until, successor }) =>
        act(
          'org.endUnit',
          { unitId: unit.id, until, successorId: successor === '' ? null : successor },
          t('done.unitEnded'),
        )
      }
      onClose={onClose}
    />
  )
}
