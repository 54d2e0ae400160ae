// One issuer: whose it is, until when, and what it is believed for.
import { Button, Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TRUST_USES } from '../../../shared/org/acts.ts'
import { certificateOf, fingerprintOf } from '../../../shared/org/certificates.ts'
import { displayName, organization } from '../../../shared/pki/names.ts'
import { formatDate } from '../../../shared/text/dates.ts'
import type { Anchor } from './anchors.ts'
import classes from './trust.module.css'

interface AnchorRowProps {
  readonly anchor: Anchor
  readonly onChange: (anchor: Anchor) => void
  readonly onRemove: () => void
}

export function AnchorRow({ anchor, onChange, onRemove }: AnchorRowProps) {
  const { t } = useTranslation('trust')
  const certificate = certificateOf(anchor.certificate)
  const iso = (time: number) => new Date(time).toISOString()
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.strong}>{anchor.name}</span>
        {certificate !== null && (
          <>
            <span className={classes.weak}>
              {organization(certificate.subject) ?? displayName(certificate.subject)}
            </span>
            <span className={classes.weak}>
              {t('period', {
                from: formatDate(iso(certificate.notBefore)),
                until: formatDate(iso(certificate.notAfter)),
              })}
            </span>
            <span className={classes.code}>
              {t('fingerprint', {
                fingerprint: fingerprintOf(anchor.certificate).toUpperCase().match(/.{4}/g)?.join(' '),
              })}
            </span>
          </>
        )}
      </span>
      <Group role="group" aria-label={t('usesOf', { name: anchor.name })}>
        {TRUST_USES.map((use) => (
          <Checkbox
            key={use}
            label={t(`use.${use}`)}
            checked={anchor.uses.includes(use)}
            // One that is believed for nothing is removed instead.
            disabled={anchor.uses.length === 1 && anchor.uses[0] === use}
            onChange={(event) => {
              const wanted = event.currentTarget.checked
              onChange({
                ...anchor,
                uses: TRUST_USES.filter((each) => (each === use ? wanted : anchor.uses.includes(each))),
              })
            }}
          />
        ))}
      </Group>
      <Button variant="subtle" color="danger" aria-label={t('removeLabel', { name: anchor.name })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </li>
  )
}
