// What people see of the organisation: the directory holds no phone, no account and no key; unchanged rows stay the same objects.
import { describe, expect, it } from 'vitest'
import { samplePersonId } from '../sample/commune.ts'
import { CERTIFICATE, COMMUNE, FINGERPRINT, NOW, PUBLIC_KEY } from './org.fixture.ts'
import { evolveOrg } from './evolve.ts'
import { HUB_ACTOR } from './state.ts'
import { viewAdministration, viewDirectory } from './view.ts'

const POLICE = samplePersonId('congan')
const withPhone = evolveOrg(
  COMMUNE,
  { type: 'personRenamed', person: { personId: POLICE, name: 'Đinh Quốc Bảo', phone: '0905123456' } },
  NOW,
)

describe('the directory', () => {
  it('names units, people and positions', () => {
    const board = viewDirectory(withPhone)
    expect(board.units).toBe(withPhone.units)
    expect(board.positions).toBe(withPhone.positions)
    expect(board.people[POLICE]).toEqual({ id: POLICE, name: 'Đinh Quốc Bảo' })
  })

  it('says nothing of telephones, accounts, devices and keys', () => {
    const text = JSON.stringify(viewDirectory(withPhone))
    for (const secret of ['0905123456', 'username', 'revokedAt', PUBLIC_KEY.x]) expect(text).not.toContain(secret)
  })
})

describe('the administration', () => {
  it('shows telephones, accounts and devices, and no key', () => {
    const board = viewAdministration(withPhone)
    expect(board.people[POLICE]?.phone).toBe('0905123456')
    expect(board.accounts[POLICE]?.username).toBe('congan')
    expect(board.devices[HUB_ACTOR]).toMatchObject({ id: HUB_ACTOR, name: 'hub' })
    expect(JSON.stringify(board)).not.toContain(PUBLIC_KEY.x)
  })
})

describe('a bound certificate', () => {
  const bind = (certificate: string) =>
    evolveOrg(
      COMMUNE,
      { type: 'certificateBound', binding: { fingerprint: FINGERPRINT, personId: POLICE, certificate } },
      NOW,
    )

  it('is shown to the administration by its names and dates, never as bytes', () => {
    const shown = viewAdministration(bind(CERTIFICATE)).certificates[FINGERPRINT]
    expect(shown).toMatchObject({ personId: POLICE, boundAt: NOW, endedAt: null, serialNumber: '7' })
    expect(shown?.subject).toContain('Nguyễn Văn Ưởng')
    expect(shown?.issuer).toContain('UBND xã Trà My')
    expect(shown?.notAfter.slice(0, 4)).toBe('2036')
    expect(JSON.stringify(shown)).not.toContain(CERTIFICATE.slice(0, 40))
  })

  it('that cannot be read any more is shown with empty names', () => {
    expect(viewAdministration(bind('AAAA')).certificates[FINGERPRINT]).toMatchObject({ subject: '', notAfter: '' })
  })
})

describe('structural sharing', () => {
  it('the same state gives the very same boards', () => {
    expect(viewDirectory(COMMUNE)).toBe(viewDirectory(COMMUNE))
    expect(viewAdministration(COMMUNE)).toBe(viewAdministration(COMMUNE))
  })

  it('an ended account leaves the whole directory as it was', () => {
    const next = evolveOrg(COMMUNE, { type: 'accountEnded', personId: POLICE }, NOW)
    const [before, after] = [viewDirectory(COMMUNE), viewDirectory(next)]
    for (const part of ['units', 'people', 'positions'] as const) expect(after[part]).toBe(before[part])
    expect(viewAdministration(next).devices).toBe(viewAdministration(COMMUNE).devices)
  })

  it('a renamed person changes that row and no other', () => {
    const [before, after] = [viewDirectory(COMMUNE), viewDirectory(withPhone)]
    expect(after.people[POLICE]).not.toBe(before.people[POLICE])
    for (const id of Object.keys(before.people)) if (id !== POLICE) expect(after.people[id]).toBe(before.people[id])
  })
})
