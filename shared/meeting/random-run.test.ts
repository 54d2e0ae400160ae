// Meetings led by chance: nothing throws, nothing is lost, the invariants hold after every act, and the events tell the whole story.
import { describe, expect, it } from 'vitest'
import { ACTS } from '../domain.ts'
import { votingMembers } from '../org/rights.ts'
import { inOrder } from './agenda.ts'
import { randomRun, type Step } from './random-run.fixture.ts'
import { ruleSetVersion } from './rule-sets.ts'
import { verdict, type Choice } from './rules.ts'
import { evolveMeeting } from './evolve.ts'
import type { Meeting, Motion } from './state.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const RUNS = 80
const LENGTH = 160

/** Frozen to the ground: whoever changes a state in place throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

const runs = Array.from({ length: RUNS }, (_, i) => ({ seed: SEED + i, steps: randomRun(SEED + i, LENGTH, frozen) }))

function eachStep(check: (step: Step, seed: number) => void): void {
  for (const { seed, steps } of runs)
    for (const [i, step] of steps.entries()) {
      try {
        check(step, seed)
      } catch (error) {
        throw new Error(`seed ${seed}, step ${i}: ${JSON.stringify(step.act)}`, { cause: error })
      }
    }
}

const motionsOf = (state: Meeting | null): readonly Motion[] => Object.values(state?.motions ?? {})
const included = (some: object, all: object) => Object.keys(some).every((key) => Object.hasOwn(all, key))

// Generous, because the machine may be busy: the limit only ends a test that hangs.
describe(`meetings led by chance (SEED=${SEED}, ${RUNS} meetings of ${LENGTH} acts)`, { timeout: 60_000 }, () => {
  it('reach everything: each event, and every refusal that people can run into', () => {
    const events = new Set<string>()
    const codes = new Set<string>()
    eachStep(({ decision }) => {
      if (decision.ok) for (const event of decision.value) events.add(event.type)
      else codes.add(decision.code)
    })
    expect([...events].sort()).toEqual([
      ...['answered', 'ballotCast', 'cancelled', 'changed', 'closed', 'created', 'described', 'invited', 'itemPut'],
      ...['itemReached', 'itemRemoved', 'itemsPlaced', 'motionProposed', 'motionWithdrawn', 'opened', 'paperAttached'],
      ...['paperWithdrawn', 'papersReady', 'presence', 'published', 'readyDeclared', 'uninvited', 'voteClosed'],
      ...['voteOpened', 'writerAllowed'],
    ])
    expect(codes.size).toBeGreaterThan(25)
  })

  it('every act has the shape that the hub would let through', () => {
    eachStep(({ act }) => expect(ACTS[act.type].safeParse(act.body).success).toBe(true))
  })

  it('a refused act changes nothing', () => {
    eachStep(({ decision, before, after }) => {
      if (!decision.ok) expect(after).toBe(before)
    })
  })

  it('ballots come from who was issued one, and those are electors', () => {
    eachStep(({ after }) => {
      for (const { ballots, issued, electors } of motionsOf(after)) {
        expect(included(ballots, issued)).toBe(true)
        expect(included(issued, electors)).toBe(true)
      }
    })
  })

  it('electors have a seat with a vote in the body on the day on which the vote opens', () => {
    eachStep(({ decision, org, now, before }) => {
      for (const event of decision.ok ? decision.value : [])
        if (event.type === 'voteOpened') {
          const seated = votingMembers(org, before!.bodyId, now)
          for (const id of event.electors) expect(seated).toContain(id)
        }
    })
  })

  it('at most one vote is open, and only in an open meeting', () => {
    eachStep(({ after }) => {
      const open = motionsOf(after).filter((motion) => motion.status === 'open')
      expect(open.length).toBeLessThanOrEqual(after?.status === 'open' ? 1 : 0)
    })
  })

  it('a result equals a recount by hand at the close, and never changes again', () => {
    eachStep(({ decision, before, after }) => {
      for (const motion of motionsOf(before))
        if (motion.status === 'closed') expect(after!.motions[motion.id]).toBe(motion)
      const closing = decision.ok ? decision.value.find((event) => event.type === 'voteClosed') : undefined
      if (closing === undefined) return
      const motion = before!.motions[closing.motionId]!
      const choices: Record<Choice, number> = { for: 0, against: 0, abstain: 0 }
      for (const { choice } of Object.values(motion.ballots)) choices[choice] += 1
      const issued = Object.keys(motion.issued).length
      const counts = {
        members: Object.keys(motion.electors).length,
        present: issued,
        issued,
        collected: choices.for + choices.against + choices.abstain,
        choices,
        chairChoice: motion.ballots[before!.chairId]?.choice ?? null,
      }
      const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)!
      expect(after!.motions[motion.id]!.result).toEqual({ counts, verdict: verdict(rules, counts) })
    })
  })

  it('the agenda keeps whole: every item is read once, and papers and motions stand under items that exist', () => {
    eachStep(({ after }) => {
      if (after === null) return
      expect(
        inOrder(after.items)
          .map(({ item }) => item.id)
          .toSorted(),
      ).toEqual(Object.keys(after.items).toSorted())
      for (const { itemId } of [...Object.values(after.papers), ...motionsOf(after)])
        expect(after.items[itemId]?.id).toBe(itemId)
    })
  })

  it('new items and papers never share the place of another one', () => {
    eachStep(({ after }) => {
      const rows = [
        ...Object.values(after?.items ?? {}).map((item) => `${item.parentId} ${item.order}`),
        ...Object.values(after?.papers ?? {}).map((paper) => `paper ${paper.itemId} ${paper.order}`),
      ]
      expect(new Set(rows).size).toBe(rows.length)
    })
  })

  it('the clock runs for the current item of an open meeting and for no other', () => {
    eachStep(({ after }) => {
      const running = Object.values(after?.items ?? {}).filter((item) => item.runningSince !== null)
      const current = after?.status === 'open' && after.currentItemId !== null ? [after.currentItemId] : []
      expect(running.map((item) => item.id)).toEqual(current)
    })
  })

  it('members of the body stay members, and who leads is one of them', () => {
    eachStep(({ before, after }) => {
      const members = Object.values(before?.participants ?? {}).filter(({ capacity }) => capacity === 'member')
      expect(members.every(({ personId }) => after!.participants[personId]?.capacity === 'member')).toBe(true)
      if (after !== null) expect(after.participants[after.chairId]?.capacity).toBe('member')
    })
  })

  it('what is closed or cancelled stays as it is; what was published is no draft again', () => {
    eachStep(({ before, after }) => {
      if (before?.status === 'closed' || before?.status === 'cancelled') expect(after).toBe(before)
      if (before !== null && before.publishedAt !== null) expect(after!.publishedAt).toBe(before.publishedAt)
    })
  })

  it('changes are written down, with reasons, exactly for what was published', () => {
    eachStep(({ before, after, decision }) => {
      const grew = (after?.changes.length ?? 0) - (before?.changes.length ?? 0)
      expect(grew).toBe(decision.ok ? decision.value.filter((event) => event.type === 'changed').length : 0)
      if (grew > 0) expect(before!.publishedAt).not.toBeNull()
      expect(after?.changes.every((change) => change.reason.length > 0) ?? true).toBe(true)
    })
  })

  it('the events replayed from scratch, through JSON, give the same meeting', () => {
    for (const { seed, steps } of runs) {
      let state: Meeting | null = null
      for (const { decision, now } of steps) {
        if (!decision.ok) continue
        const events = JSON.parse(JSON.stringify(decision.value)) as typeof decision.value
        for (const event of events) state = evolveMeeting(state, event, now)
      }
      expect(state, `seed ${seed}`).toEqual(steps.at(-1)!.after)
    }
  })
})
