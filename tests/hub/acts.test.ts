// What the hub does with acts that it must not do: each gets its code, nothing is written, nobody else notices, the hub stays up.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signAct, logIn, call, type Person } from '../support/person.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { openVote, type VoteScene } from '../support/meeting.ts'
import { generateKeyPairSync } from 'node:crypto'

let hub: TestHub
let scene: VoteScene
let member: Person

beforeAll(async () => {
  hub = await testHub()
  scene = await openVote(hub.url)
  member = await logIn(hub.url, 'yte')
})
afterAll(async () => {
  expect(hub.faults).toEqual([])
  await hub.end()
})

const code = async (act: unknown, by: Person = member) => {
  const { result } = await by.send(act)
  return result.ok ? 'ok' : result.code
}
const ballot = (by: Person = member, choice = 'for') =>
  by.act('meeting.castBallot', { meetingId: scene.meetingId, motionId: scene.motionId, choice })
const entries = () => [...hub.decider.state.heads.values()].reduce((sum, head) => sum + head.seq, 0)

describe('an act that is refused leaves no trace', () => {
  const cases: [string, () => unknown, string][] = [
    ['no object', () => 'xin chào', 'malformed'],
    [
      'signature left out',
      () => {
        const { signature: _signature, ...rest } = ballot()
        return rest
      },
      'unsigned',
    ],
    [
      'a signature of another key',
      () => signAct(ballot(), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
      'bad-signature',
    ],
    ['changed after signing', () => ({ ...ballot(), body: { ...ballot().body, choice: 'against' } }), 'bad-signature'],
    ['a field that does not belong', () => ({ ...ballot(), extra: 1 }), 'malformed'],
    [
      'a body with a field too many',
      () => member.act('meeting.checkIn', { meetingId: scene.meetingId, more: true } as never),
      'malformed',
    ],
    ['a type that does not exist', () => member.act('meeting.destroy' as never, {} as never), 'unknown-type'],
    [
      'somebody else as actor',
      () => member.act('meeting.checkIn', { meetingId: scene.meetingId }, { actor: scene.chair.personId }),
      'actor-mismatch',
    ],
    [
      'somebody else’s device',
      () => member.act('meeting.checkIn', { meetingId: scene.meetingId }, { device: scene.chair.deviceId }),
      'actor-mismatch',
    ],
    [
      'dated an hour ahead',
      () =>
        member.act(
          'meeting.checkIn',
          { meetingId: scene.meetingId },
          { time: new Date(Date.now() + 3_600_000).toISOString() },
        ),
      'future-dated',
    ],
    [
      'without the right',
      () => member.act('meeting.closeVote', { meetingId: scene.meetingId, motionId: scene.motionId }),
      'forbidden',
    ],
    ['on a meeting that does not exist', () => member.act('meeting.checkIn', { meetingId: randomUUID() }), 'not-found'],
    ['a choice that the rule set does not have', () => ballot(member, 'maybe'), 'choice-unknown'],
  ]
  test.each(cases)('%s', async (_name, make, expected) => {
    const before = entries()
    expect(await code(make())).toBe(expected)
    expect(entries()).toBe(before)
  })

  test('larger than an act may be: refused before it is parsed', async () => {
    const { result, status } = await member.send({ ...ballot(), body: { text: 'x'.repeat(70_000) } })
    expect([status, result]).toEqual([413, { ok: false, code: 'too-large' }])
  })

  test('bytes that are no JSON', async () => {
    const response = await fetch(`${hub.url}/api/acts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"act":',
    })
    expect(await response.json()).toEqual({ ok: false, code: 'malformed' })
  })

  test('without a session', async () => {
    expect(await call(hub.url, '/api/acts', { act: ballot() })).toEqual({
      status: 401,
      result: { ok: false, code: 'not-logged-in' },
    })
  })
})

test('an act sent twice is answered twice with the same words and done once', async () => {
  const act = ballot()
  const before = entries()
  const [first, second] = await Promise.all([member.send(act), member.send(act)])
  const third = await member.send(act)
  expect(first.result.ok).toBe(true)
  expect(second.result).toEqual(first.result)
  expect(third.result).toEqual(first.result)
  expect(entries()).toBe(before + 1)
})

test('a refused act sent again gets the same refusal, also when it would be allowed by then', async () => {
  const motionId = randomUUID()
  const early = member.act('meeting.castBallot', { meetingId: scene.meetingId, motionId, choice: 'for' })
  expect(await code(early)).toBe('motion-not-found')
  const motion = {
    meetingId: scene.meetingId,
    motionId,
    itemId: scene.itemIds[0] ?? '',
    text: 'Nội dung khác',
    ruleSetId: 'committee-session',
  }
  expect(await scene.secretary.perform('meeting.proposeMotion', motion)).toBe('ok')
  expect(await code(early)).toBe('motion-not-found')
})

test('another act under an id that was used is refused by name', async () => {
  const act = ballot()
  expect(await code(act)).toBe('ok')
  expect(await code(member.act('meeting.checkIn', { meetingId: scene.meetingId }, { id: act.id }))).toBe(
    'act-id-reused',
  )
})

test('an act of a revoked device is refused, and the device can no longer be used at all', async () => {
  const lost = await logIn(hub.url, 'yte')
  expect(await member.perform('org.revokeDevice', { deviceId: lost.deviceId })).toBe('ok')
  expect(await code(lost.act('meeting.checkIn', { meetingId: scene.meetingId }), lost)).toBe('device-revoked')
})

test('a device that was not enrolled cannot sign acts', async () => {
  const stranger = await logIn(hub.url, 'yte', { enrol: false })
  expect(await code(stranger.act('meeting.checkIn', { meetingId: scene.meetingId }), stranger)).toBe('device-unknown')
})

test('too many acts in a minute are slowed down, and only for the one who sends them', async () => {
  const busy = await logIn(hub.url, 'dantoc')
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => busy.perform('meeting.checkIn', { meetingId: scene.meetingId })),
  )
  expect(new Set(answers)).toEqual(new Set(['ok', 'rate-limited']))
  expect(await code(ballot())).toBe('ok')
})

test('a ballot after the close is refused; the result stays as the hub counted it', async () => {
  const other = await openVote(hub.url)
  const late = member.act('meeting.castBallot', {
    meetingId: other.meetingId,
    motionId: other.motionId,
    choice: 'against',
  })
  expect(await other.chair.perform('meeting.closeVote', { meetingId: other.meetingId, motionId: other.motionId })).toBe(
    'ok',
  )
  expect(await code(late)).toBe('vote-closed')
  expect(hub.decider.state.meetings.get(other.meetingId)?.motions[other.motionId]?.result?.counts.collected).toBe(0)
})

test('who lost the seat while the vote is open cannot vote any more', async () => {
  const other = await openVote(hub.url)
  const admin = await logIn(hub.url, 'quantri')
  const seat = Object.values(hub.decider.state.org.positions).find(
    (p) => p.personId === member.personId && p.role === 'member',
  )
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
  expect(await admin.perform('org.endPosition', { positionId: seat?.id ?? '', until: today })).toBe('ok')
  const late = member.act('meeting.castBallot', { meetingId: other.meetingId, motionId: other.motionId, choice: 'for' })
  expect(await code(late)).toBe('position-ended')
})
