// Preparing a meeting: who may, what the frame, agenda, papers and people must be, and that a published change has its reason.
import { describe, expect, it } from 'vitest'
import { afterOrg, COMMUNE, NOW, orgAct, STRANGER } from '../org/org.fixture.ts'
import { sampleId } from '../sample/commune.ts'
import type { MeetingAct } from './acts.ts'
import { inOrder } from './agenda.ts'
import { prepare } from './decide-preparation.ts'
import {
  act,
  ADMIN,
  after,
  attaching,
  CHAIR,
  CLERK,
  contextOf,
  creation,
  describing,
  DRAFT,
  FILE,
  fileHash,
  FRAME,
  INVITEE,
  inviting,
  itemId,
  MEMBERS,
  moving,
  opened,
  paperId,
  POLICE,
  proposing,
  PUBLISHED,
  putting,
  REASON,
  refusal,
  SECRETARY,
  STAND_IN,
} from './meeting.fixture.ts'
import type { Meeting } from './state.ts'

const removing = (id: string, reason: string | null = null) =>
  act(SECRETARY, 'meeting.removeItem', { itemId: id, reason })
const withdrawing = (n: number, reason: string | null = null) =>
  act(SECRETARY, 'meeting.withdrawPaper', { paperId: paperId(n), reason })
const uninviting = (personId: string, reason: string | null = null) =>
  act(SECRETARY, 'meeting.uninvite', { personId, reason })
const publishing = act(SECRETARY, 'meeting.publish', {})
const cancelling = act(SECRETARY, 'meeting.cancel', { reason: REASON })
const numbers = (state: Meeting) => inOrder(state.items).map(({ item, number }) => `${number} ${item.title}`)

describe('creating', () => {
  it('all voting members of the body take part from the start: nobody is left out of a vote by not being invited', () => {
    const state = after(null, [creation()])
    expect(Object.keys(state.participants).sort()).toEqual(MEMBERS)
    expect(Object.values(state.participants).every((p) => p.capacity === 'member' && p.presence === 'none')).toBe(true)
    expect(state).toMatchObject({ ...FRAME, status: 'draft', createdBy: SECRETARY, publishedAt: null, changes: [] })
  })

  it('is for the chair and the secretary of the body', () => {
    expect(refusal(null, creation({}, CHAIR))).toBeNull()
    for (const person of [POLICE, CLERK, ADMIN, STRANGER]) expect(refusal(null, creation({}, person))).toBe('forbidden')
    expect(refusal(null, creation({ bodyId: sampleId('unit/van-phong') }))).toBe('forbidden')
  })

  it('is done once', () => {
    expect(refusal(DRAFT, creation())).toBe('already-exists')
  })

  it('names a rule set that exists, a chair with a vote, and secretaries whom the organisation knows', () => {
    expect(refusal(null, creation({ ruleSetId: 'mob-rule' }))).toBe('rule-set-unknown')
    expect(refusal(null, creation({ chairId: SECRETARY }))).toBe('chair-not-member')
    expect(refusal(null, creation({ secretaryIds: [SECRETARY, STRANGER] }))).toBe('secretary-required')
  })
})

describe('who may prepare', () => {
  it('organisers alone: a member who reads the meeting is refused', () => {
    expect(refusal(PUBLISHED, { ...putting(3), actor: POLICE })).toBe('forbidden')
  })

  it('a secretary whose position has ended no longer', () => {
    const byChair = after(null, [creation({}, CHAIR)])
    const ended = ['position/thuky/0', 'position/thuky/1'].reduce(
      (org, name) => afterOrg(org, orgAct('org.endPosition', { positionId: sampleId(name), until: '2026-11-23' })),
      COMMUNE,
    )
    expect(refusal(byChair, putting(1))).toBeNull()
    expect(refusal(byChair, putting(1), contextOf(NOW, ended))).toBe('position-ended')
  })

  it('an act that no type names is a fault of the program', () => {
    const strange = { ...publishing, type: 'meeting.dance' } as unknown as Parameters<typeof prepare>[1]
    expect(() => prepare(DRAFT, strange, contextOf())).toThrow('meeting.dance')
  })
})

describe('describing', () => {
  it('changes the frame, within the same rules', () => {
    expect(after(DRAFT, [describing({ room: 'Hội trường' })]).room).toBe('Hội trường')
    expect(refusal(DRAFT, describing({ chairId: INVITEE }))).toBe('chair-not-member')
    expect(refusal(DRAFT, describing({ secretaryIds: [STRANGER] }))).toBe('secretary-required')
  })
})

describe('the agenda', () => {
  it('takes items and sub-items in the order in which they come', () => {
    expect(numbers(DRAFT)).toEqual(['1 Nội dung 1', '2 Nội dung 2', '2.1 Nội dung 2.1'])
  })

  it('a new item comes last, also after an earlier one was removed', () => {
    const three = after(null, [creation(), putting('a'), putting('b'), putting('c'), removing(itemId('a'))])
    for (const n of ['d', 'e', 'f', 'g']) expect(numbers(after(three, [putting(n)])).at(-1)).toBe(`3 Nội dung ${n}`)
  })

  it('an item that is put again keeps its place, its time and its parts', () => {
    const state = after(opened(), [putting(1, { title: 'Tờ trình', minutes: 30, reason: REASON })])
    expect(state.items[itemId(1)]).toEqual({ ...opened().items[itemId(1)], title: 'Tờ trình', minutes: 30 })
  })

  it('an item put under another parent comes last there', () => {
    const state = after(DRAFT, [putting(1, { parentId: itemId(2) })])
    expect(numbers(state)).toEqual(['1 Nội dung 2', '1.1 Nội dung 2.1', '1.2 Nội dung 1'])
  })

  it('has two levels: no part of a part, no part of itself, no item with parts under another', () => {
    expect(refusal(DRAFT, putting(3, { parentId: itemId('2.1') }))).toBe('item-too-deep')
    expect(refusal(DRAFT, putting(1, { parentId: itemId(1) }))).toBe('item-too-deep')
    expect(refusal(DRAFT, putting(2, { parentId: itemId(1) }))).toBe('item-too-deep')
    expect(refusal(DRAFT, moving(itemId(1), { parentId: itemId('2.1') }))).toBe('item-too-deep')
    expect(refusal(DRAFT, moving(itemId(1), { parentId: itemId(1) }))).toBe('item-too-deep')
    expect(refusal(DRAFT, moving(itemId(2), { parentId: itemId(1) }))).toBe('item-too-deep')
  })

  it('presenters are participants or secretaries, or nobody yet', () => {
    for (const presenterId of [POLICE, INVITEE, SECRETARY, null])
      expect(refusal(DRAFT, putting(3, { presenterId }))).toBeNull()
    expect(refusal(DRAFT, putting(3, { presenterId: CLERK }))).toBe('participant-not-found')
  })

  it('what is not there is not found', () => {
    expect(refusal(DRAFT, putting(3, { parentId: itemId(9) }))).toBe('item-not-found')
    expect(refusal(DRAFT, moving(itemId(9)))).toBe('item-not-found')
    expect(refusal(DRAFT, moving(itemId(1), { parentId: itemId(9) }))).toBe('item-not-found')
    expect(refusal(DRAFT, removing(itemId(9)))).toBe('item-not-found')
  })

  it('items are moved before another one, to the end, and into a main item', () => {
    expect(numbers(after(DRAFT, [moving(itemId(2), { beforeId: itemId(1) })]))[0]).toBe('1 Nội dung 2')
    expect(numbers(after(DRAFT, [moving(itemId(1))])).at(-1)).toBe('2 Nội dung 1')
    const inside = after(DRAFT, [moving(itemId(1), { parentId: itemId(2), beforeId: itemId('2.1') })])
    expect(numbers(inside)).toEqual(['1 Nội dung 2', '1.1 Nội dung 1', '1.2 Nội dung 2.1'])
  })

  it('an item goes only empty: no parts, papers or motions, and not while it is the current one', () => {
    expect(refusal(DRAFT, removing(itemId(2)))).toBe('item-has-parts')
    expect(refusal(DRAFT, removing(itemId(1)))).toBe('item-has-parts')
    const motion = after(DRAFT, [proposing(1, 'committee-session', { itemId: itemId('2.1') })])
    expect(refusal(motion, removing(itemId('2.1')))).toBe('item-has-parts')
    const current = after(opened(), [act(CHAIR, 'meeting.goToItem', { itemId: itemId('2.1') })])
    expect(refusal(current, removing(itemId('2.1'), REASON))).toBe('item-has-parts')
    expect(numbers(after(DRAFT, [removing(itemId('2.1'))]))).toEqual(['1 Nội dung 1', '2 Nội dung 2'])
  })
})

describe('papers', () => {
  it('are attached to an item once, with the size and the pages that the hub counted', () => {
    expect(DRAFT.papers[paperId(1)]).toMatchObject({
      ...FILE,
      order: 0,
      sha256: fileHash(1),
      late: false,
      addedAt: NOW,
    })
    expect(refusal(DRAFT, attaching(1))).toBe('already-exists')
    expect(refusal(DRAFT, attaching(2, { itemId: itemId(9) }))).toBe('item-not-found')
    expect(refusal(DRAFT, attaching(2, { size: FILE.size + 1 }))).toBe('paper-not-uploaded')
    expect(refusal(DRAFT, attaching(2, { pages: FILE.pages + 1 }))).toBe('paper-not-uploaded')
  })

  it('must be whole at the hub and the actor’s to attach', () => {
    const asked: string[] = []
    const nothing = { ...contextOf(), uploaded: (...args: string[]) => (asked.push(...args), null) }
    expect(refusal(DRAFT, attaching(2), nothing)).toBe('paper-not-uploaded')
    expect(asked).toEqual([fileHash(2), SECRETARY])
  })

  it('a new paper comes last within its item, also after an earlier one was withdrawn', () => {
    const other = attaching(9, { itemId: itemId(2) })
    const state = after(DRAFT, [other, attaching(2), attaching(3), withdrawing(1), withdrawing(2), attaching(4)])
    expect(state.papers[paperId(4)]!.order).toBeGreaterThan(state.papers[paperId(3)]!.order)
    expect(state.papers[paperId(9)]!.order).toBe(0)
  })

  it('after publication are marked as late', () => {
    expect(after(PUBLISHED, [attaching(2, { reason: REASON })]).papers[paperId(2)]?.late).toBe(true)
  })

  it('are withdrawn once', () => {
    const state = after(DRAFT, [withdrawing(1)])
    expect(state.papers).toEqual({})
    expect(refusal(state, withdrawing(1))).toBe('paper-not-found')
  })
})

describe('people', () => {
  it('are invited once, from those whom the organisation knows', () => {
    expect(DRAFT.participants[STAND_IN]).toMatchObject({ capacity: 'stand-in', inPlaceOf: POLICE })
    expect(refusal(DRAFT, inviting(STRANGER))).toBe('not-found')
    expect(refusal(DRAFT, inviting(INVITEE))).toBe('participant-exists')
    expect(refusal(DRAFT, inviting(POLICE))).toBe('participant-exists')
  })

  it('a stand-in sits in for a member', () => {
    const standIn = (inPlaceOf: string) => inviting(CLERK, { capacity: 'stand-in', inPlaceOf })
    expect(refusal(DRAFT, standIn(POLICE))).toBeNull()
    expect(refusal(DRAFT, standIn(INVITEE))).toBe('participant-not-found')
    expect(refusal(DRAFT, standIn(STRANGER))).toBe('participant-not-found')
  })

  it('who was invited may be uninvited; a member of the body may not', () => {
    expect(after(DRAFT, [uninviting(INVITEE)]).participants[INVITEE]).toBeUndefined()
    expect(refusal(DRAFT, uninviting(POLICE))).toBe('participant-is-member')
    expect(refusal(DRAFT, uninviting(STRANGER))).toBe('participant-not-found')
  })

  it('whom the organisation no longer knows is named by the id', () => {
    const { [INVITEE]: _gone, ...people } = COMMUNE.people
    const state = after(PUBLISHED, [uninviting(INVITEE, REASON)], contextOf(NOW, { ...COMMUNE, people }))
    expect(state.changes[0]?.subject).toBe(INVITEE)
  })
})

describe('publishing and cancelling', () => {
  it('a draft with an agenda is published once', () => {
    expect(PUBLISHED).toMatchObject({ status: 'published', publishedAt: NOW })
    expect(refusal(after(null, [creation()]), publishing)).toBe('agenda-empty')
    expect(refusal(PUBLISHED, publishing)).toBe('meeting-not-draft')
  })

  it('is cancelled with a reason before it is open, not any more when it is', () => {
    expect(after(PUBLISHED, [cancelling])).toMatchObject({ status: 'cancelled', cancelReason: REASON })
    expect(refusal(DRAFT, cancelling)).toBeNull()
    expect(refusal(opened(), cancelling)).toBe('meeting-not-published')
  })
})

describe('after publication every change has its reason, which everyone invited reads', () => {
  const base = after(PUBLISHED, [])
  const changes: readonly (readonly [string, string, (reason: string | null) => MeetingAct])[] = [
    ['described', FRAME.title, (reason) => describing({ room: 'Hội trường', reason })],
    ['item-added', 'Nội dung 3', (reason) => putting(3, { reason })],
    ['item-changed', 'Nội dung 1', (reason) => putting(1, { minutes: 20, reason })],
    ['item-moved', 'Nội dung 2', (reason) => moving(itemId(2), { beforeId: itemId(1), reason })],
    ['item-removed', 'Nội dung 2.1', (reason) => removing(itemId('2.1'), reason)],
    ['paper-added', 'Tài liệu 2', (reason) => attaching(2, { reason })],
    ['paper-withdrawn', 'Tài liệu 1', (reason) => withdrawing(1, reason)],
    ['invited', 'Lê Thị Kim Oanh', (reason) => inviting(CLERK, { reason })],
    ['uninvited', 'Phan Thị Tuyết Mai', (reason) => uninviting(INVITEE, reason)],
  ]

  it.each(changes)('%s', (what, subject, change) => {
    expect(refusal(base, change(null))).toBe('reason-required')
    expect(after(base, [change(REASON)]).changes).toEqual([{ at: NOW, by: SECRETARY, what, subject, reason: REASON }])
    expect(after(DRAFT, [change(null)]).changes).toEqual([])
    expect(after(DRAFT, [change(REASON)]).changes).toEqual([])
  })
})
