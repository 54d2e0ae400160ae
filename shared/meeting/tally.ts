// Counting a motion: from the ballots to the counts that the rule reads.
import { votingMembers } from '../org/rights.ts'
import type { Context } from './decision.ts'
import type { Counts } from './rules.ts'
import type { Meeting, MeetingEvent, Motion } from './state.ts'

/** The members of the body who take part with a vote. */
export function voters(meeting: Meeting): readonly string[] {
  return Object.values(meeting.participants)
    .filter((participant) => participant.capacity === 'member')
    .map((participant) => participant.personId)
}

/** Who has a vote on this very day: members of the body who take part and whose seat has not ended. */
export function electorsOf(meeting: Meeting, { org, now }: Pick<Context, 'org' | 'now'>): readonly string[] {
  const seated = votingMembers(org, meeting.bodyId, now)
  return voters(meeting).filter((id) => seated.includes(id))
}

/** Members who joined the body after the meeting was created: they take part from the next step that everyone sees. */
export function newMembers(meeting: Meeting, { org, now }: Pick<Context, 'org' | 'now'>): readonly MeetingEvent[] {
  return votingMembers(org, meeting.bodyId, now)
    .filter((personId) => meeting.participants[personId] === undefined)
    .map((personId) => ({ type: 'invited', personId, capacity: 'member', inPlaceOf: null }))
}

/** How many of these people are in the room. */
export function presentAmong(meeting: Meeting, people: readonly string[]): number {
  return people.filter((id) => meeting.participants[id]?.presence === 'present').length
}

/** A ballot is issued to each elector who was present while the vote was open; whoever left after voting has voted. */
export function countMotion(meeting: Meeting, motion: Motion): Counts {
  const cast = Object.values(motion.ballots)
  const of = (choice: string) => cast.filter((ballot) => ballot.choice === choice).length
  const issued = Object.keys(motion.issued).length
  return {
    members: Object.keys(motion.electors).length,
    present: issued,
    issued,
    collected: cast.length,
    choices: { for: of('for'), against: of('against'), abstain: of('abstain') },
    chairChoice: motion.ballots[meeting.chairId]?.choice ?? null,
  }
}
