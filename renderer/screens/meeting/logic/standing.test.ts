// The board's answer to "who leads" must be the hub's own answer.
import { expect, it } from 'vitest'
import { isOrganiser, mayWriteConclusions } from '../../../../shared/meeting/access.ts'
import { evolveMeeting } from '../../../../shared/meeting/evolve.ts'
import { viewMeeting } from '../../../../shared/meeting/view.ts'
import { organises, writesByOffice } from './standing.ts'

const frame = {
  title: 'Phiên họp',
  kind: 'ordinary',
  startsAt: '2026-11-23T01:30:00.000Z',
  plannedMinutes: 60,
  room: 'Phòng họp',
  chairId: 'chair',
  secretaryIds: ['secretary'],
} as const

it.each(['chair', 'secretary', 'creator', 'member', 'stranger'])('%s', (person) => {
  const at = '2026-11-22T00:00:00.000Z'
  const created = evolveMeeting(
    null,
    {
      type: 'created',
      meetingId: 'm',
      bodyId: 'b',
      ruleSetId: 'committee-session',
      by: 'creator',
      frame,
      memberIds: ['chair', 'member'],
    },
    at,
  )
  const open = { ...created, status: 'open' as const }
  const { meeting } = viewMeeting(open, 'participants')
  expect(organises(meeting, person)).toBe(isOrganiser(open, person))
  expect(writesByOffice(meeting, person)).toBe(mayWriteConclusions(open, person))
})
