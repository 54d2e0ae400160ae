// Who is in the room, as the board says: members with a vote, quorum, and the groups of the roll call.
import { ruleSet } from '../../../../shared/meeting/rule-sets.ts'
import { quorum, type Quorum } from '../../../../shared/meeting/rules.ts'
import type { MeetingBoard, ParticipantView } from '../../../../shared/meeting/view.ts'

type People = MeetingBoard['participants']

/** Members of the body, the ones who have a vote. */
export function members(people: People): readonly ParticipantView[] {
  return Object.values(people).filter((person) => person.capacity === 'member')
}

export function isPresent(person: Pick<ParticipantView, 'presence'>): boolean {
  return person.presence === 'present'
}

/** The live quorum of the meeting's own rule set; null when the rule set is unknown to this version of the program. */
export function liveQuorum(board: Pick<MeetingBoard, 'participants'> & { readonly ruleSetId: string }): Quorum | null {
  const rules = ruleSet(board.ruleSetId)
  if (rules === null) return null
  const all = members(board.participants)
  return quorum(rules, all.filter(isPresent).length, all.length)
}

export interface Answers {
  readonly confirmed: number
  readonly absent: number
  readonly none: number
}

export function answers(people: People): Answers {
  const of = (answer: ParticipantView['answer']) => Object.values(people).filter((p) => p.answer === answer).length
  return { confirmed: of('confirmed'), absent: of('absent'), none: of('none') }
}

/** Members first, then stand-ins, then invitees; inside a group by name, as Vietnamese are sorted: by the last word first. */
export function rollOrder(people: People, nameOf: (id: string) => string): readonly ParticipantView[] {
  const rank = { member: 0, 'stand-in': 1, invitee: 2 } as const
  return Object.values(people).sort(
    (a, b) => rank[a.capacity] - rank[b.capacity] || byGivenName(nameOf(a.personId), nameOf(b.personId)),
  )
}

const collator = new Intl.Collator('vi')

export function byGivenName(a: string, b: string): number {
  const given = (name: string) => name.slice(name.lastIndexOf(' ') + 1)
  return collator.compare(given(a), given(b)) || collator.compare(a, b)
}
