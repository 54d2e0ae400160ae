// One device: whose driver it speaks with, how its PIN stands, and its certificates with what keeps each from signing.
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../../shared/text/dates.ts'
import { StatePill, type PillTone } from '../../components/state-pill.tsx'
import { FAULT_WORDS } from '../signing/fault-words.ts'
import { nameIn } from '../../components/name-in.ts'
import classes from './devices.module.css'
import type { Token, TokenCertificate } from './use-devices.ts'

const PIN_TONES: Readonly<Record<Token['pin'], PillTone>> = {
  ready: 'done',
  'few-left': 'warning',
  'last-try': 'danger',
  locked: 'danger',
  'must-change': 'warning',
  'not-set': 'warning',
}

export function TokenCard({ token }: { readonly token: Token }) {
  const { t } = useTranslation('devices')
  const { t: signing } = useTranslation('signing')
  const { id, issuer, manufacturer, model, pin, pinPad, fault, certificates } = token
  return (
    <article className={classes.card} aria-label={id.label}>
      <div className={classes.row}>
        <span className={classes.words}>
          <span className={classes.strong}>{id.label}</span>
          <span className={classes.weak}>
            {[...new Set([issuer, manufacturer, model])].filter(Boolean).join(' · ')}
          </span>
        </span>
        <StatePill tone={PIN_TONES[pin]}>{t(`pin.${pin}`)}</StatePill>
      </div>
      {pin !== 'ready' && <p className={classes.notice}>{signing(`pin.${pin}`)}</p>}
      {pinPad && <p className={classes.notice}>{t('pinPad')}</p>}
      {fault !== null && <p className={classes.notice}>{signing(`fault.${FAULT_WORDS[fault]}`)}</p>}
      {fault === null && certificates.length === 0 && <p className={classes.notice}>{t('certificates.none')}</p>}
      {certificates.length > 0 && (
        <>
          <h3 className={classes.subtitle}>{t('certificates.title')}</h3>
          <ul className={classes.rows}>
            {certificates.map((certificate) => (
              <CertificateRow key={certificate.fingerprint} certificate={certificate} />
            ))}
          </ul>
        </>
      )}
    </article>
  )
}

function CertificateRow({ certificate }: { readonly certificate: TokenCertificate }) {
  const { t } = useTranslation('devices')
  const { t: signing } = useTranslation('signing')
  const { commonName, subject, organization, issuer, notBefore, notAfter, obstacles, expiresSoon, hasKey } = certificate
  const day = (iso: string | null) => (iso === null ? '?' : formatDate(iso))
  const tone: PillTone = obstacles.length > 0 ? 'danger' : expiresSoon ? 'warning' : 'done'
  const said = obstacles.length > 0 ? 'unusable' : expiresSoon ? 'expiresSoon' : 'usable'
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.strong}>{commonName ?? nameIn(subject)}</span>
        {organization !== null && <span className={classes.weak}>{organization}</span>}
        <span className={classes.weak}>
          {t('certificates.facts', { issuer: nameIn(issuer), from: day(notBefore), until: day(notAfter) })}
        </span>
        {obstacles.map((each) => (
          <span key={each} className={classes.danger}>
            {signing(`obstacle.${each}`)}
          </span>
        ))}
        {obstacles.length === 0 && expiresSoon && <span className={classes.weak}>{t('certificates.renew')}</span>}
        {obstacles.length === 0 && hasKey === 'unknown' && (
          <span className={classes.weak}>{t('certificates.keyUnknown')}</span>
        )}
      </span>
      <StatePill tone={tone}>{t(`certificates.${said}`)}</StatePill>
    </li>
  )
}
