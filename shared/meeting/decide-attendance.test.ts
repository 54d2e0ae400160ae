// Coming or not coming: confirming until the opening, checking in, the roll call for others, papers on the device.
import { describe, expect, it } from 'vitest'
import { NOW, STRANGER } from '../org/org.fixture.ts'
import { answer } from './decide-attendance.ts'
import {
  act,
  after,
  CHAIR,
  checkIn,
  DRAFT,
  INVITEE,
  opened,
  POLICE,
  PUBLISHED,
  REASON,
  refusal,
  SECRETARY,
  STAND_IN,
} from './meeting.fixture.ts'
import type { Presence } from './acts.ts'

const confirming = (actor: string) => act(actor, 'meeting.confirm', {})
const absent = (actor: string) => act(actor, 'meeting.reportAbsence', { reason: REASON })
const ready = (actor: string) => act(actor, 'meeting.reportPapersReady', { fingerprint: 'f'.repeat(64) })
const marking = (personId: string, presence: Presence, actor = SECRETARY) =>
  act(actor, 'meeting.markPresence', { personId, presence })

describe('answering the invitation', () => {
  it('a participant confirms, or reports absence with a reason, and the last answer counts', () => {
    const away = after(PUBLISHED, [confirming(POLICE), absent(POLICE)])
    expect(away.participants[POLICE]).toMatchObject({ answer: 'absent', answerReason: REASON })
    const coming = after(away, [confirming(POLICE)])
    expect(coming.participants[POLICE]).toMatchObject({ answer: 'confirmed', answerReason: null })
  })

  it('invitees and stand-ins answer too; who was not invited has nothing to answer', () => {
    expect(refusal(PUBLISHED, confirming(INVITEE))).toBeNull()
    expect(refusal(PUBLISHED, absent(STAND_IN))).toBeNull()
    expect(refusal(PUBLISHED, confirming(SECRETARY))).toBe('not-participant')
    expect(refusal(PUBLISHED, confirming(STRANGER))).toBe('not-found')
  })

  it('begins with the publication and ends with the opening: from then on the roll call counts', () => {
    for (const state of [DRAFT, opened()]) {
      expect(refusal(state, confirming(CHAIR))).toBe('meeting-not-published')
      expect(refusal(state, absent(CHAIR))).toBe('meeting-not-published')
    }
  })
})

describe('checking in', () => {
  it('a participant checks in before or after the opening', () => {
    expect(after(PUBLISHED, [checkIn(POLICE)]).participants[POLICE]).toMatchObject({
      presence: 'present',
      presenceAt: NOW,
    })
    expect(after(opened(10), [checkIn(INVITEE)]).participants[INVITEE]?.presence).toBe('present')
  })

  it('not into a draft, and not as somebody who does not take part', () => {
    expect(refusal(DRAFT, checkIn(CHAIR))).toBe('meeting-not-published')
    expect(refusal(PUBLISHED, checkIn(SECRETARY))).toBe('not-participant')
  })
})

describe('the roll call for others', () => {
  it.each(['present', 'excused', 'unexcused', 'left'] as const)('writes down %s', (presence) => {
    expect(after(PUBLISHED, [marking(POLICE, presence)]).participants[POLICE]).toMatchObject({
      presence,
      presenceAt: NOW,
    })
  })

  it('is kept by the organisers, over participants', () => {
    expect(refusal(PUBLISHED, marking(POLICE, 'present', CHAIR))).toBeNull()
    expect(refusal(PUBLISHED, marking(CHAIR, 'present', POLICE))).toBe('forbidden')
    expect(refusal(PUBLISHED, marking(STRANGER, 'present'))).toBe('participant-not-found')
    expect(refusal(DRAFT, marking(POLICE, 'present'))).toBe('meeting-not-published')
  })
})

describe('papers on the device', () => {
  it('a participant reports the set that the device holds', () => {
    expect(after(PUBLISHED, [ready(POLICE)]).participants[POLICE]?.papersReady).toBe('f'.repeat(64))
    expect(refusal(PUBLISHED, ready(SECRETARY))).toBe('not-participant')
    expect(refusal(DRAFT, ready(CHAIR))).toBe('meeting-not-published')
  })
})

it('an act that no type names is a fault of the program', () => {
  const strange = { ...checkIn(CHAIR), type: 'meeting.dance' } as unknown as Parameters<typeof answer>[1]
  expect(() => answer(PUBLISHED, strange)).toThrow('meeting.dance')
})
