// evolve of the organisation: shares what did not change, ignores rows it does not know, and gives the same state every time.
import { describe, expect, it } from 'vitest'
import { sampleId, samplePersonId } from '../sample/commune.ts'
import { COMMUNE, FOUNDED_AT, FOUNDING, NOW, STRANGER } from './org.fixture.ts'
import { decideOrg } from './decide.ts'
import { evolveOrg } from './evolve.ts'
import { EMPTY_ORG, type OrgEvent, type OrgState } from './state.ts'

const POLICE = samplePersonId('congan')

describe('evolveOrg', () => {
  it('keeps every table and row that the event did not touch as the same object', () => {
    const next = evolveOrg(COMMUNE, { type: 'accountEnded', personId: POLICE }, NOW)
    for (const table of ['units', 'people', 'positions', 'devices'] as const) expect(next[table]).toBe(COMMUNE[table])
    for (const [id, row] of Object.entries(COMMUNE.accounts)) {
      if (id === POLICE) expect(next.accounts[id]).toEqual({ ...row, ended: true })
      else expect(next.accounts[id]).toBe(row)
    }
  })

  const unknown: readonly OrgEvent[] = [
    { type: 'unitRenamed', unitId: STRANGER, name: 'x', code: 'x' },
    { type: 'unitEnded', unitId: STRANGER, until: '2026-12-01', successorId: null },
    { type: 'positionEnded', positionId: STRANGER, until: '2026-12-01' },
    { type: 'accountEnded', personId: STRANGER },
    { type: 'deviceRevoked', deviceId: STRANGER },
    { type: 'certificateEnded', fingerprint: STRANGER },
  ]
  it.each(unknown.map((event) => [event.type, event] as const))('%s of an unknown row changes nothing', (_t, event) => {
    expect(evolveOrg(COMMUNE, event, NOW)).toBe(COMMUNE)
  })

  it('an event that no type names is a fault of the program', () => {
    expect(() => evolveOrg(COMMUNE, { type: 'danced' } as unknown as OrgEvent, NOW)).toThrow('danced')
  })

  it('an opened account takes the place of the ended one', () => {
    const ended = evolveOrg(COMMUNE, { type: 'accountEnded', personId: POLICE }, NOW)
    const again = evolveOrg(ended, { type: 'accountOpened', account: { personId: POLICE, username: 'moi' } }, NOW)
    expect(again.accounts[POLICE]).toEqual({ personId: POLICE, username: 'moi', ended: false })
  })

  it('a renamed person and an ended position keep the rest of their rows', () => {
    const seat = sampleId('position/congan/0')
    const ended = evolveOrg(COMMUNE, { type: 'positionEnded', positionId: seat, until: '2026-12-01' }, NOW)
    expect(ended.positions[seat]).toEqual({ ...COMMUNE.positions[seat], until: '2026-12-01' })
  })

  it('the same events from the beginning give the same organisation', () => {
    const founding = decideOrg(EMPTY_ORG, FOUNDING, FOUNDED_AT)
    const events = founding.ok ? founding.value : []
    const replayed = events.reduce<OrgState>((state, event) => evolveOrg(state, event, FOUNDED_AT), EMPTY_ORG)
    expect(replayed).toEqual(COMMUNE)
    expect(JSON.parse(JSON.stringify(replayed))).toEqual(COMMUNE)
  })
})
