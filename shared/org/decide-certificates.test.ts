// Decisions on certificates and trust: whose a certificate is, one person at a time, and whom the office believes, replaced as a whole.
import { describe, expect, it } from 'vitest'
import { samplePersonId } from '../sample/commune.ts'
import {
  afterOrg,
  CERTIFICATE,
  CERTIFIED_AT,
  COMMUNE,
  FINGERPRINT,
  NOW,
  orgAct,
  orgRefusal,
  STRANGER,
  type OrgBody,
} from './org.fixture.ts'

const POLICE = samplePersonId('congan')
const bind = (over: Partial<OrgBody<'org.bindCertificate'>> = {}) =>
  orgAct('org.bindCertificate', { personId: POLICE, certificate: CERTIFICATE, ...over })
const trust = (certificate = CERTIFICATE) =>
  orgAct('org.replaceTrust', {
    anchors: [{ name: 'Gốc', certificate, uses: ['signing', 'timestamping'] }],
    timestampServices: ['http://tsa.vn/tsa'],
  })

describe('certificates', () => {
  const end = orgAct('org.endCertificate', { fingerprint: FINGERPRINT })
  const bound = afterOrg(COMMUNE, bind(), CERTIFIED_AT)

  it('one that can be read is bound to a person, named by its SHA-256', () => {
    expect(bound.certificates[FINGERPRINT]).toEqual({
      fingerprint: FINGERPRINT,
      personId: POLICE,
      certificate: CERTIFICATE,
      boundAt: CERTIFIED_AT,
      endedAt: null,
    })
  })

  it('stands for one person at a time', () => {
    expect(orgRefusal(bound, bind({ personId: samplePersonId('yte') }), CERTIFIED_AT)).toBe('already-exists')
    expect(orgRefusal(bound, bind(), CERTIFIED_AT)).toBe('already-exists')
  })

  it('binds nobody who is not there', () => {
    expect(orgRefusal(COMMUNE, bind({ personId: STRANGER }), CERTIFIED_AT)).toBe('not-found')
  })

  it('what is no certificate, or no base64, is refused', () => {
    expect(orgRefusal(COMMUNE, bind({ certificate: CERTIFICATE.slice(0, 200) }), CERTIFIED_AT)).toBe(
      'certificate-unreadable',
    )
    expect(orgRefusal(COMMUNE, bind({ certificate: 'không' }), CERTIFIED_AT)).toBe('certificate-unreadable')
  })

  it('one that has run out binds nobody', () => {
    expect(orgRefusal(COMMUNE, bind(), '2040-01-01T00:00:00.000Z')).toBe('certificate-expired')
  })

  it('ends once, and may then be bound again, to somebody else too', () => {
    const ended = afterOrg(bound, end, '2026-12-02T02:00:00.000Z')
    expect(ended.certificates[FINGERPRINT]?.endedAt).toBe('2026-12-02T02:00:00.000Z')
    expect(orgRefusal(ended, end)).toBe('already-ended')
    expect(orgRefusal(COMMUNE, end)).toBe('not-found')
    const again = afterOrg(ended, bind({ personId: samplePersonId('yte') }), '2026-12-03T02:00:00.000Z')
    expect(again.certificates[FINGERPRINT]).toMatchObject({ personId: samplePersonId('yte'), endedAt: null })
  })
})

describe('trust', () => {
  it('is nobody until an administrator says whom, and each act replaces all of it', () => {
    expect(COMMUNE.trust).toBeNull()
    const first = afterOrg(COMMUNE, trust())
    expect(first.trust).toMatchObject({ anchors: [{ name: 'Gốc', certificate: CERTIFICATE }], replacedAt: NOW })
    const none = afterOrg(first, orgAct('org.replaceTrust', { anchors: [], timestampServices: [] }))
    expect(none.trust).toEqual({ anchors: [], timestampServices: [], replacedAt: NOW })
  })

  it('takes no anchor that cannot be read', () => {
    expect(orgRefusal(COMMUNE, trust(CERTIFICATE.slice(0, 200)))).toBe('certificate-unreadable')
  })
})
