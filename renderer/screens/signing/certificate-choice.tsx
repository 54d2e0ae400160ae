// Which certificate signs: those of the devices that are plugged in, and beside each that cannot sign the reason why.
import { Anchor as Link } from '@mantine/core'
import { Link as RouterLink } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../../shared/text/dates.ts'
import { StatePill } from '../../components/state-pill.tsx'
import { nameIn } from '../../components/name-in.ts'
import type { Devices } from '../devices/use-devices.ts'
import { shownTokens } from '../devices/plain.ts'
import type { Choice } from './draft.ts'
import { FAULT_WORDS } from './fault-words.ts'
import classes from './signing.module.css'

interface ChoiceProps {
  readonly devices: Devices
  readonly choices: readonly Choice[]
  readonly chosen: Choice | null
  readonly onChoose: (key: string) => void
}

export function CertificateChoice({ devices, choices, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation('signing')
  const tokens = shownTokens(devices)
  const silent = tokens.filter(({ fault, certificates }) => fault !== null || certificates.length === 0)
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('certificate.title')}</legend>
      {tokens.length === 0 && <p className={classes.waitingBox}>{t('certificate.plugIn')}</p>}
      {choices.map((choice) => (
        <ChoiceRow key={choice.key} choice={choice} chosen={choice === chosen} onChoose={() => onChoose(choice.key)} />
      ))}
      {silent.map(({ id, fault }) => (
        <p key={`${id.module} ${id.serial} ${id.label}`} className={classes.weak}>
          {t('certificate.silent', { name: id.label })}{' '}
          {fault === null ? t('certificate.none') : t(`fault.${FAULT_WORDS[fault]}`)}
        </p>
      ))}
      <Link component={RouterLink} to="/devices">
        {t('certificate.check')}
      </Link>
    </fieldset>
  )
}

interface RowProps {
  readonly choice: Choice
  readonly chosen: boolean
  readonly onChoose: () => void
}

function ChoiceRow({ choice: { token, certificate, usable, key }, chosen, onChoose }: RowProps) {
  const { t } = useTranslation('signing')
  const { commonName, subject, organization, issuer, notAfter, obstacles, expiresSoon } = certificate
  return (
    <label className={classes.choice} data-usable={usable || undefined}>
      <input type="radio" name="certificate" value={key} checked={chosen} disabled={!usable} onChange={onChoose} />
      <span className={classes.words}>
        <span className={classes.strong}>{commonName ?? nameIn(subject)}</span>
        {organization !== null && <span className={classes.weak}>{organization}</span>}
        <span className={classes.weak}>
          {t('certificate.facts', {
            issuer: nameIn(issuer),
            until: notAfter === null ? '?' : formatDate(notAfter),
            device: token.id.label,
          })}
        </span>
        {obstacles.map((each) => (
          <span key={each} className={classes.danger}>
            {t(`obstacle.${each}`)}
          </span>
        ))}
        {token.pin !== 'ready' && (
          <span className={usable ? classes.warning : classes.danger}>{t(`pin.${token.pin}`)}</span>
        )}
        {expiresSoon && usable && (
          <span>
            <StatePill tone="warning">{t('certificate.expiresSoon')}</StatePill>
          </span>
        )}
      </span>
    </label>
  )
}
