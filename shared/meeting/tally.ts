// Counting a motion: from the ballots to the counts that the rule reads.
import type { Counts } from './rules.ts'
import type { Meeting, Motion } from './state.ts'

/** The members of the body who take part with a vote. */
export function voters(meeting: Meeting): readonly string[] {
  return Object.values(meeting.participants)
    .filter((participant) => participant.capacity === 'member')
    .map((participant) => participant.personId)
}

/** Members with a vote who are in the room. */
export function presentVoters(meeting: Meeting): number {
  return voters(meeting).filter((id) => meeting.participants[id]?.presence === 'present').length
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
