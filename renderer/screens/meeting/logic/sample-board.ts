// Small boards for the tests of this folder: five members, two items, nothing that a test does not name.
import type { AgendaItem, Motion } from '../../../../shared/meeting/state.ts'
import type { MeetingBoard, MotionView, ParticipantView } from '../../../../shared/meeting/view.ts'

export function item(id: string, parentId: string | null, order: number): AgendaItem {
  return { id, parentId, order, title: `Mục ${id}`, presenterId: null, minutes: 10, spentMs: 0, runningSince: null }
}

export function member(personId: string, change: Partial<ParticipantView> = {}): ParticipantView {
  const empty = { inPlaceOf: null, answer: 'none', answerReason: null, presenceAt: null, papersReady: null } as const
  return { personId, capacity: 'member', presence: 'none', ...empty, ...change }
}

export function motion(id: string, itemId: string, change: Partial<Motion> = {}): MotionView {
  const { ballots: _own, ...rest } = change
  return {
    id,
    itemId,
    order: 0,
    text: 'Thông qua dự thảo',
    ruleSetId: 'committee-session',
    ruleSetVersion: 1,
    status: 'proposed',
    ready: {},
    electors: {},
    issued: {},
    answered: {},
    running: null,
    ballots: null,
    openedAt: null,
    closedAt: null,
    result: null,
    ...rest,
  }
}

export function board(
  change: Partial<MeetingBoard> & { readonly status?: MeetingBoard['meeting']['status'] } = {},
): MeetingBoard {
  const { status = 'open', ...parts } = change
  const people = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => member(id, { presence: 'present' }))
  return {
    meeting: {
      id: 'm',
      bodyId: 'b',
      title: 'Phiên họp thường kỳ',
      kind: 'ordinary',
      startsAt: '2026-11-23T01:30:00.000Z',
      plannedMinutes: 60,
      room: 'Phòng họp số 1',
      chairId: 'p1',
      secretaryIds: ['s'],
      ruleSetId: 'committee-session',
      status,
      createdBy: 's',
      publishedAt: null,
      openedAt: null,
      closedAt: null,
      cancelReason: null,
      currentItemId: 'a',
      papersFingerprint: '',
    },
    items: { a: item('a', null, 0), b: item('b', null, 1) },
    papers: {},
    participants: Object.fromEntries(people.map((person) => [person.personId, person])),
    motions: {},
    writers: {},
    changes: {},
    ...parts,
  }
}
