// In which role, with which words and pictures, and how long it can be proven: everything about a signature but who signs.
import { Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SIGNING_ROLES } from '../../../shared/pdf/sign/roles.ts'
import { COPY_FORMS, pictureRole, type Draft } from './draft.ts'
import { PictureChoice } from './picture-choice.tsx'
import classes from './signing.module.css'
import type { Level } from './use-batch.ts'
import type { RoleImage } from './use-picture.ts'

const LEVELS: readonly Level[] = ['B-B', 'B-T', 'B-LT', 'B-LTA']

interface FormProps {
  readonly draft: Draft
  readonly onChange: (change: Partial<Draft>) => void
  readonly picture: RoleImage
  /** Something was signed already: a certification would have to be the first. */
  readonly signed: boolean
  /** The paper says where this role signs. */
  readonly ownField: boolean
  readonly hasTimestampService: boolean
}

export function OrderForm({ draft, onChange, picture, signed, ownField, hasTimestampService }: FormProps) {
  const { t } = useTranslation('signing')
  const { role, level } = draft
  const pictures = pictureRole(role)
  return (
    <>
      <Select
        label={t('role.title')}
        description={t(`roleText.${role}`)}
        data={SIGNING_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={role}
        allowDeselect={false}
        onChange={(value) => value !== null && onChange({ role: value, box: null })}
      />
      {pictures !== null && <PictureChoice key={pictures} role={pictures} picture={picture} />}
      {(role === 'agency' || role === 'annex') && (
        <TextInput
          label={t('number.label')}
          description={t(role === 'agency' ? 'number.agency' : 'number.annex')}
          placeholder="15/QĐ-UBND"
          maxLength={100}
          autoComplete="off"
          value={draft.number}
          onChange={(event) => onChange({ number: event.currentTarget.value })}
        />
      )}
      {role === 'agency' && (
        <TextInput
          label={t('date.label')}
          description={t('date.help')}
          maxLength={200}
          autoComplete="off"
          value={draft.date}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
        />
      )}
      {role === 'copy' && (
        <Select
          label={t('copyForm')}
          data={[...COPY_FORMS]}
          value={draft.copyForm}
          allowDeselect={false}
          onChange={(value) => {
            const copyForm = COPY_FORMS.find((each) => each === value)
            if (copyForm !== undefined) onChange({ copyForm })
          }}
        />
      )}
      {role === 'personal' && !signed && (
        <Switch
          label={t('certify.label')}
          description={t('certify.help')}
          checked={draft.certify}
          onChange={(event) => onChange({ certify: event.currentTarget.checked })}
        />
      )}
      {ownField ? (
        <p className={classes.weak}>{t('mark.ownField')}</p>
      ) : (
        <Switch
          label={t('mark.visible')}
          checked={draft.visible}
          onChange={(event) => onChange({ visible: event.currentTarget.checked })}
        />
      )}
      <Select
        label={t('level.title')}
        description={t(`levelText.${level}`)}
        data={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        value={level}
        allowDeselect={false}
        onChange={(value) => value !== null && onChange({ level: value })}
      />
      {level !== 'B-B' && !hasTimestampService && <p className={classes.warning}>{t('level.noService')}</p>}
    </>
  )
}
