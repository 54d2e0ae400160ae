// Every decision on the organisation: who may, what is refused and why, and what an accepted act changes.
import { describe, expect, it } from 'vitest'
import { sampleId, samplePersonId } from '../sample/commune.ts'
import type { OrgAct } from './acts.ts'
import { decideOrg } from './decide.ts'
import {
  ADMIN,
  ADMIN_POSITION,
  afterOrg,
  CERTIFICATE,
  COMMUNE,
  FINGERPRINT,
  FOUNDING,
  NOW,
  orgAct,
  orgRefusal,
  PUBLIC_KEY,
  STRANGER,
  TODAY,
  type OrgBody,
} from './org.fixture.ts'
import { isAdministrator } from './rights.ts'
import { EMPTY_ORG, HUB_ACTOR } from './state.ts'

const POLICE = samplePersonId('congan')
const OFFICE = sampleId('unit/van-phong')
const NEW = sampleId('new')
const DEVICE = sampleId('device')

const unit = (over: Partial<OrgBody<'org.addUnit'>> = {}) =>
  orgAct('org.addUnit', { unitId: NEW, name: 'Tổ', code: 'T', kind: 'other', parentId: null, from: TODAY, ...over })
const endUnit = (over: Partial<OrgBody<'org.endUnit'>> = {}) =>
  orgAct('org.endUnit', { unitId: NEW, until: '2026-12-01', successorId: null, ...over })
const position = (over: Partial<OrgBody<'org.givePosition'>> = {}) =>
  orgAct('org.givePosition', {
    positionId: NEW,
    personId: POLICE,
    unitId: OFFICE,
    title: 'Quản trị',
    role: 'administrator',
    from: TODAY,
    ...over,
  })
const endPosition = (positionId: string, until = TODAY) => orgAct('org.endPosition', { positionId, until })
const enrol = (deviceId: string, actor: string) =>
  orgAct('org.enrolDevice', { deviceId, publicKey: PUBLIC_KEY, name: 'Máy bàn' }, actor)
const bind = (over: Partial<OrgBody<'org.bindCertificate'>> = {}) =>
  orgAct('org.bindCertificate', { personId: POLICE, certificate: CERTIFICATE, ...over })
const trust = (certificate = CERTIFICATE) =>
  orgAct('org.replaceTrust', {
    anchors: [{ name: 'Gốc', certificate, uses: ['signing', 'timestamping'] }],
    timestampServices: ['http://tsa.vn/tsa'],
  })
const revoke = (deviceId: string, actor = ADMIN) => orgAct('org.revokeDevice', { deviceId }, actor)

describe('founding', () => {
  it('is done by the hub itself and by nobody else', () => {
    expect(orgRefusal(EMPTY_ORG, { ...FOUNDING, actor: ADMIN })).toBe('forbidden')
  })

  it('is done once', () => {
    expect(orgRefusal(COMMUNE, FOUNDING)).toBe('already-exists')
  })

  it('brings the hub key as a device of the hub, and everything that was listed', () => {
    expect(COMMUNE.devices[HUB_ACTOR]).toMatchObject({ personId: HUB_ACTOR, publicKey: PUBLIC_KEY, revokedAt: null })
    expect(Object.keys(COMMUNE.people)).toHaveLength(20)
    expect(Object.values(COMMUNE.positions).every((p) => p.until === null)).toBe(true)
    expect(COMMUNE.accounts[ADMIN]).toEqual({ personId: ADMIN, username: 'quantri', ended: false })
  })
})

describe('least right', () => {
  const acts: readonly OrgAct[] = [
    unit(),
    orgAct('org.renameUnit', { unitId: OFFICE, name: 'x', code: 'x' }),
    endUnit(),
    orgAct('org.addPerson', { personId: NEW, name: 'x', phone: '' }),
    orgAct('org.renamePerson', { personId: POLICE, name: 'x', phone: '' }),
    position(),
    endPosition(ADMIN_POSITION),
    orgAct('org.openAccount', { personId: POLICE, username: 'xx' }),
    orgAct('org.endAccount', { personId: POLICE }),
    revoke(HUB_ACTOR),
    bind(),
    orgAct('org.endCertificate', { fingerprint: FINGERPRINT }),
    trust(),
  ]
  it.each(acts.map((act) => [act.type, act] as const))('%s is refused to who is no administrator', (_type, act) => {
    expect(orgRefusal(COMMUNE, { ...act, actor: samplePersonId('chutich') })).toBe('forbidden')
  })

  it('an act that no type names is a fault of the program, never quietly done', () => {
    expect(() => decideOrg(COMMUNE, { ...unit(), type: 'org.dance' } as unknown as OrgAct, NOW)).toThrow('org.dance')
  })
})

describe('units', () => {
  it('a new unit is added under one that exists, or under none', () => {
    const state = afterOrg(COMMUNE, unit({ parentId: OFFICE }))
    expect(state.units[NEW]).toMatchObject({ id: NEW, parentId: OFFICE, until: null, successorId: null })
    expect(orgRefusal(COMMUNE, unit())).toBeNull()
    expect(orgRefusal(COMMUNE, unit({ parentId: STRANGER }))).toBe('not-found')
    expect(orgRefusal(state, unit())).toBe('already-exists')
  })

  it('a unit cannot be its own parent', () => {
    expect(orgRefusal(COMMUNE, unit({ parentId: NEW }))).toBe('not-found')
  })

  it('a unit that exists is renamed, one that does not is not found', () => {
    const state = afterOrg(COMMUNE, orgAct('org.renameUnit', { unitId: OFFICE, name: 'Văn phòng', code: 'VPX' }))
    expect(state.units[OFFICE]).toEqual({ ...COMMUNE.units[OFFICE], name: 'Văn phòng', code: 'VPX' })
    expect(orgRefusal(COMMUNE, orgAct('org.renameUnit', { unitId: NEW, name: 'x', code: 'x' }))).toBe('not-found')
  })

  it('an empty unit ends on a day and may name who follows it', () => {
    const state = afterOrg(afterOrg(COMMUNE, unit()), endUnit({ successorId: OFFICE }))
    expect(state.units[NEW]).toMatchObject({ until: '2026-12-01', successorId: OFFICE })
    expect(orgRefusal(state, endUnit())).toBe('already-ended')
  })

  it('nothing ends that does not exist, nor in favour of what does not exist', () => {
    expect(orgRefusal(COMMUNE, endUnit())).toBe('not-found')
    expect(orgRefusal(afterOrg(COMMUNE, unit()), endUnit({ successorId: STRANGER }))).toBe('not-found')
  })

  it('a unit cannot end before it began, nor follow itself', () => {
    const state = afterOrg(COMMUNE, unit())
    expect(orgRefusal(state, endUnit({ until: '2026-11-22' }))).toBe('ends-before-start')
    expect(orgRefusal(state, endUnit({ successorId: NEW }))).toBe('unit-cycle')
  })

  it('a unit ends empty: neither a position nor a unit may hold in it on that day', () => {
    expect(orgRefusal(COMMUNE, endUnit({ unitId: OFFICE }))).toBe('unit-has-positions')
    const nested = afterOrg(afterOrg(COMMUNE, unit()), unit({ unitId: DEVICE, parentId: NEW }))
    expect(orgRefusal(nested, endUnit())).toBe('unit-has-positions')
    const emptied = afterOrg(nested, endUnit({ unitId: DEVICE }))
    expect(orgRefusal(emptied, endUnit())).toBeNull()
    const seated = afterOrg(afterOrg(COMMUNE, unit()), position({ unitId: NEW, positionId: DEVICE }))
    expect(orgRefusal(seated, endUnit())).toBe('unit-has-positions')
    expect(orgRefusal(afterOrg(seated, endPosition(DEVICE, '2026-12-01')), endUnit())).toBeNull()
  })
})

describe('people', () => {
  const person = { personId: NEW, name: 'Hồ Thị Mới', phone: '0905' }

  it('a person is added once', () => {
    const state = afterOrg(COMMUNE, orgAct('org.addPerson', person))
    expect(state.people[NEW]).toEqual({ id: NEW, name: 'Hồ Thị Mới', phone: '0905' })
    expect(orgRefusal(state, orgAct('org.addPerson', person))).toBe('already-exists')
  })

  it('a known person is renamed, an unknown one is not found', () => {
    const renamed = afterOrg(COMMUNE, orgAct('org.renamePerson', { ...person, personId: POLICE }))
    expect(renamed.people[POLICE]).toEqual({ id: POLICE, name: 'Hồ Thị Mới', phone: '0905' })
    expect(orgRefusal(COMMUNE, orgAct('org.renamePerson', person))).toBe('not-found')
  })
})

describe('positions', () => {
  it('a position is given once, to a known person in a known unit', () => {
    expect(orgRefusal(afterOrg(COMMUNE, position()), position())).toBe('already-exists')
    expect(orgRefusal(COMMUNE, position({ unitId: STRANGER }))).toBe('not-found')
    expect(orgRefusal(COMMUNE, position({ personId: STRANGER }))).toBe('not-found')
  })

  it('no position begins in a unit on or after the day of its end', () => {
    const ended = afterOrg(afterOrg(COMMUNE, unit()), endUnit())
    expect(orgRefusal(ended, position({ unitId: NEW, from: '2026-12-01' }))).toBe('already-ended')
    expect(orgRefusal(ended, position({ unitId: NEW, from: '2026-11-30' }))).toBeNull()
  })

  it('a position that exists ends once, and not before it began', () => {
    const state = afterOrg(COMMUNE, position())
    expect(orgRefusal(state, endPosition(STRANGER))).toBe('not-found')
    expect(orgRefusal(state, endPosition(NEW, '2026-11-22'))).toBe('ends-before-start')
    const ended = afterOrg(state, endPosition(NEW, '2026-11-23'))
    expect(ended.positions[NEW]?.until).toBe('2026-11-23')
    expect(orgRefusal(ended, endPosition(NEW))).toBe('already-ended')
  })
})

describe('the last administrator', () => {
  const two = afterOrg(COMMUNE, position())

  it('keeps the position, today and on every later day', () => {
    expect(orgRefusal(COMMUNE, endPosition(ADMIN_POSITION))).toBe('last-administrator')
    expect(orgRefusal(COMMUNE, endPosition(ADMIN_POSITION, '2027-06-01'))).toBe('last-administrator')
    expect(orgRefusal(COMMUNE, endPosition(ADMIN_POSITION, '2026-01-01'))).toBe('last-administrator')
  })

  it('keeps the account', () => {
    expect(orgRefusal(COMMUNE, orgAct('org.endAccount', { personId: ADMIN }))).toBe('last-administrator')
    expect(orgRefusal(two, orgAct('org.endAccount', { personId: ADMIN }))).toBeNull()
  })

  it('may go when another one with an account stays', () => {
    const gone = afterOrg(two, endPosition(ADMIN_POSITION, '2026-12-01'))
    expect(isAdministrator(gone, ADMIN, '2026-12-01T02:00:00.000Z')).toBe(false)
    expect(isAdministrator(gone, POLICE, '2026-12-01T02:00:00.000Z')).toBe(true)
  })

  it('does not count who cannot log in, nor who will begin only later', () => {
    const locked = afterOrg(two, orgAct('org.endAccount', { personId: POLICE }))
    expect(orgRefusal(locked, endPosition(ADMIN_POSITION))).toBe('last-administrator')
    const later = afterOrg(COMMUNE, position({ from: '2026-12-01' }))
    expect(orgRefusal(later, endPosition(ADMIN_POSITION, '2026-11-30'))).toBe('last-administrator')
    expect(orgRefusal(later, endPosition(ADMIN_POSITION, '2026-12-01'))).toBeNull()
  })
})

describe('accounts', () => {
  const open = (personId: string, username: string) => orgAct('org.openAccount', { personId, username })
  const end = (personId: string) => orgAct('org.endAccount', { personId })
  const ended = afterOrg(COMMUNE, end(POLICE))

  it('a known person has one account at a time', () => {
    expect(orgRefusal(COMMUNE, open(STRANGER, 'la'))).toBe('not-found')
    expect(orgRefusal(COMMUNE, open(POLICE, 'congan2'))).toBe('already-exists')
  })

  it('an ended account is opened again, under the old name or a new one', () => {
    expect(afterOrg(ended, open(POLICE, 'congan')).accounts[POLICE]?.ended).toBe(false)
    expect(afterOrg(ended, open(POLICE, 'congan2')).accounts[POLICE]?.username).toBe('congan2')
  })

  it('a name belongs to one person for ever, also after the account ended', () => {
    expect(orgRefusal(ended, open(POLICE, 'quantri'))).toBe('username-taken')
    const newcomer = afterOrg(ended, orgAct('org.addPerson', { personId: NEW, name: 'x', phone: '' }))
    expect(orgRefusal(newcomer, open(NEW, 'congan'))).toBe('username-taken')
  })

  it('an account that exists ends once', () => {
    expect(orgRefusal(COMMUNE, end(STRANGER))).toBe('not-found')
    expect(orgRefusal(ended, end(POLICE))).toBe('already-ended')
  })
})

describe('devices', () => {
  const state = afterOrg(COMMUNE, enrol(DEVICE, POLICE))

  it('are enrolled by who has an account that has not ended', () => {
    expect(state.devices[DEVICE]).toEqual({
      id: DEVICE,
      personId: POLICE,
      publicKey: PUBLIC_KEY,
      name: 'Máy bàn',
      enrolledAt: NOW,
      revokedAt: null,
    })
    expect(orgRefusal(COMMUNE, enrol(DEVICE, STRANGER))).toBe('account-ended')
    const ended = afterOrg(COMMUNE, orgAct('org.endAccount', { personId: POLICE }))
    expect(orgRefusal(ended, enrol(DEVICE, POLICE))).toBe('account-ended')
  })

  it('are enrolled once, also not taken over by another person', () => {
    expect(orgRefusal(state, enrol(DEVICE, POLICE))).toBe('already-exists')
    expect(orgRefusal(state, enrol(DEVICE, ADMIN))).toBe('already-exists')
  })

  it('are revoked once, by their person or an administrator and by nobody else', () => {
    expect(afterOrg(state, revoke(DEVICE, POLICE)).devices[DEVICE]?.revokedAt).toBe(NOW)
    expect(orgRefusal(state, revoke(DEVICE, samplePersonId('chutich')))).toBe('forbidden')
    const revoked = afterOrg(state, revoke(DEVICE))
    expect(orgRefusal(revoked, revoke(DEVICE))).toBe('already-ended')
    expect(orgRefusal(state, revoke(NEW))).toBe('not-found')
  })

  it('the key of the hub is no device that anyone could revoke', () => {
    expect(orgRefusal(COMMUNE, revoke(HUB_ACTOR))).toBe('not-found')
  })
})
