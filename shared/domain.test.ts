// All acts in one place: every one has a stream, a strict shape, and limits that hold before anyone asks what it means.
import { describe, expect, it } from 'vitest'
import {
  ACTS,
  isActType,
  isMeetingAct,
  meetingStream,
  ORG_STREAM,
  streamOf,
  type ActType,
  type DomainAct,
} from './domain.ts'
import {
  act,
  attaching,
  cast,
  CHAIR,
  checkIn,
  creation,
  describing,
  inviting,
  MEETING_ID,
  moving,
  itemId,
  openVote,
  POLICE,
  proposing,
  putting,
  REASON,
} from './meeting/meeting.fixture.ts'
import { CERTIFICATE, FINGERPRINT, FOUNDING, orgAct, PUBLIC_KEY } from './org/org.fixture.ts'
import { sampleId } from './sample/commune.ts'

const unitId = sampleId('unit/new')
const unit = { unitId, name: 'Tổ', code: 'T', kind: 'other', parentId: null, from: '2026-11-23' } as const
const position = {
  positionId: unitId,
  personId: POLICE,
  unitId,
  title: 'x',
  role: 'clerk',
  from: '2026-11-23',
} as const
const motionId = sampleId('motion/1')

/** One good act of each type: a type that is added must be added here too. */
const GOOD: readonly DomainAct[] = [
  FOUNDING,
  orgAct('org.addUnit', unit),
  orgAct('org.renameUnit', { unitId, name: 'x', code: 'x' }),
  orgAct('org.endUnit', { unitId, until: '2026-12-01', successorId: null }),
  orgAct('org.addPerson', { personId: POLICE, name: 'x', phone: '' }),
  orgAct('org.renamePerson', { personId: POLICE, name: 'x', phone: '' }),
  orgAct('org.givePosition', position),
  orgAct('org.endPosition', { positionId: unitId, until: '2026-12-01' }),
  orgAct('org.openAccount', { personId: POLICE, username: 'cong.an-1' }),
  orgAct('org.endAccount', { personId: POLICE }),
  orgAct('org.enrolDevice', { deviceId: unitId, publicKey: PUBLIC_KEY, name: 'x' }),
  orgAct('org.revokeDevice', { deviceId: unitId }),
  orgAct('org.bindCertificate', { personId: POLICE, certificate: CERTIFICATE }),
  orgAct('org.endCertificate', { fingerprint: FINGERPRINT }),
  orgAct('org.replaceTrust', {
    anchors: [{ name: 'x', certificate: CERTIFICATE, uses: ['signing'] }],
    timestampServices: ['http://tsa.vn/tsa'],
  }),
  creation(),
  describing(),
  putting(1),
  moving(itemId(1)),
  act(CHAIR, 'meeting.removeItem', { itemId: itemId(1), reason: REASON }),
  attaching(1),
  act(CHAIR, 'meeting.withdrawPaper', { paperId: unitId, reason: null }),
  inviting(POLICE),
  act(CHAIR, 'meeting.uninvite', { personId: POLICE, reason: null }),
  act(CHAIR, 'meeting.publish', {}),
  act(CHAIR, 'meeting.cancel', { reason: REASON }),
  act(CHAIR, 'meeting.confirm', {}),
  act(CHAIR, 'meeting.reportAbsence', { reason: REASON }),
  act(CHAIR, 'meeting.reportPapersReady', { fingerprint: '0'.repeat(64) }),
  checkIn(CHAIR),
  act(CHAIR, 'meeting.markPresence', { personId: POLICE, presence: 'excused' }),
  act(CHAIR, 'meeting.open', {}),
  act(CHAIR, 'meeting.goToItem', { itemId: itemId(1) }),
  proposing(1),
  act(CHAIR, 'meeting.withdrawMotion', { motionId }),
  act(CHAIR, 'meeting.declareReady', { motionId }),
  openVote(1),
  cast(CHAIR, 'for'),
  act(CHAIR, 'meeting.closeVote', { motionId }),
  act(CHAIR, 'meeting.allowWriter', { personId: POLICE, allowed: true }),
  act(CHAIR, 'meeting.close', {}),
]
const named = GOOD.map((each) => [each.type, each] as const)
const fits = (type: ActType, body: unknown) => ACTS[type].safeParse(body).success

describe('the acts of the domain', () => {
  it('are all tried here', () => {
    expect(GOOD.map((each) => each.type).toSorted()).toEqual(Object.keys(ACTS).toSorted())
  })

  it.each(named)('%s has a body of its own shape, with no field more and none less', (type, { body }) => {
    expect(fits(type, body)).toBe(true)
    expect(fits(type, { ...body, smuggled: 1 })).toBe(false)
    expect(fits(type, null)).toBe(false)
    for (const field of Object.keys(body)) {
      const { [field]: _gone, ...rest } = body as Record<string, unknown>
      expect(fits(type, rest), field).toBe(false)
    }
  })

  it.each(named)('%s belongs to the organisation or to its meeting', (type, each) => {
    const meeting = type.startsWith('meeting.')
    expect(isMeetingAct(each)).toBe(meeting)
    expect(streamOf(each)).toBe(meeting ? meetingStream(MEETING_ID) : ORG_STREAM)
  })

  it('have names that no other object brings along', () => {
    expect(Object.keys(ACTS).every(isActType)).toBe(true)
    for (const name of ['constructor', 'toString', '__proto__', 'meeting', '']) expect(isActType(name)).toBe(false)
  })
})

describe('limits of what people write', () => {
  it.each([
    ['meeting.cancel', { reason: 'ab' }],
    ['meeting.cancel', { reason: 'x'.repeat(501) }],
    ['meeting.cancel', { reason: '    ' }],
    ['meeting.castBallot', { motionId, choice: '' }],
    ['meeting.markPresence', { personId: POLICE, presence: 'none' }],
    ['meeting.reportPapersReady', { fingerprint: 'F'.repeat(64) }],
    ['meeting.goToItem', { itemId: '1' }],
  ] as const)('%s is not taken with %o', (type, rest) => {
    expect(fits(type, { meetingId: MEETING_ID, ...rest })).toBe(false)
  })

  it('a meeting lasts from five minutes to a week, starts at a moment in UTC, and has a secretary', () => {
    const good = creation().body
    for (const wrong of [
      { plannedMinutes: 4 },
      { plannedMinutes: 7 * 24 * 60 + 1 },
      { plannedMinutes: 60.5 },
      { startsAt: '2026-11-24' },
      { startsAt: '2026-11-24T08:00:00+07:00' },
      { secretaryIds: [] },
      { title: ' ' },
    ])
      expect(fits('meeting.create', { ...good, ...wrong })).toBe(false)
  })

  it('user names are plain: small letters, digits, dot, dash and underline, two to forty', () => {
    const taken = (username: string) => fits('org.openAccount', { personId: POLICE, username })
    for (const name of ['ab', 'a'.repeat(40), 'a1._-']) expect(taken(name)).toBe(true)
    for (const name of ['a', 'a'.repeat(41), 'Ab', '.ab', 'ánh', 'a b', 'a/b', 'ab\n']) expect(taken(name)).toBe(false)
  })

  it('names are kept without blanks around them', () => {
    const read = ACTS['org.addPerson'].parse({ personId: POLICE, name: '  Hồ Thị Nga ', phone: ' 0905 ' })
    expect(read).toEqual({ personId: POLICE, name: 'Hồ Thị Nga', phone: '0905' })
  })
})
