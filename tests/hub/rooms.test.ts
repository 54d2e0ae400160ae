// Rooms at the socket: the provider from npm works, boards cannot be written, tickets are strict, garbage hurts nobody.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { BOARD_ROOT } from '../../shared/board/mirror.ts'
import { roomName, TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { CLOSE, LIMITS } from '../../shared/hub/wire.ts'
import type { MeetingBoard } from '../../shared/meeting/view.ts'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { testHub, type TestHub } from '../support/hub.ts'
import { openMeeting, openVote, publishedMeeting, type Scene } from '../support/meeting.ts'
import { logIn, until, type Person } from '../support/person.ts'
import { rawSocket } from '../support/raw-socket.ts'

let hub: TestHub
let scene: Scene
let member: Person
let board: string

beforeAll(async () => {
  hub = await testHub()
  scene = await openMeeting(hub.url)
  member = await logIn(hub.url, 'yte')
  board = roomName.meeting(scene.meetingId, 'board')
})
afterAll(async () => {
  expect(hub.faults).toEqual([])
  await hub.end()
})

const textOf = (doc: Y.Doc) => doc.getXmlFragment(TEXT_ROOT).toJSON()
const read = (doc: Y.Doc) => doc.getMap(BOARD_ROOT).toJSON() as MeetingBoard
const liveJson = () => JSON.stringify(hub.rooms.boards().get(board))

describe('boards', () => {
  test('the unmodified provider from npm connects, reads the board and follows it live', async () => {
    const { doc, leave } = await member.enter(board)
    expect(read(doc).meeting.title).toBe('Phiên họp thường kỳ tháng 11')
    await scene.chair.perform('meeting.goToItem', { meetingId: scene.meetingId, itemId: scene.itemIds[1] ?? '' })
    await until(() => read(doc).meeting.currentItemId === scene.itemIds[1], 'the board shows the new item')
    leave()
  })

  test('an update that writes a board is refused by name and leaves no trace at anyone’s copy', async () => {
    const { doc: watcher, leave } = await scene.secretary.enter(board)
    const before = liveJson()
    const mine = await member.enter(board)
    const socket = await rawSocket(hub.url, board, await member.ticket(board))
    socket.sendVector(Y.encodeStateVector(new Y.Doc()))
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(mine.doc))
    const vector = Y.encodeStateVector(copy)
    ;(copy.getMap(BOARD_ROOT).get('meeting') as Y.Map<unknown>).set('status', 'closed')
    socket.sendUpdate(Y.encodeStateAsUpdate(copy, vector))
    await until(() => socket.refusals.length > 0, 'a refusal')
    expect(socket.refusals).toEqual([{ code: 'board-read-only', advice: 'reset' }])
    expect(liveJson()).toBe(before)
    expect(read(watcher).meeting.status).toBe('open')
    socket.close()
    mine.leave()
    leave()
  })

  test('a copy of a board from before a restart is reset, not merged', async () => {
    const old = new Y.Doc()
    old.getMap(BOARD_ROOT).set('meeting', 'alt')
    const socket = await rawSocket(hub.url, board, await member.ticket(board))
    socket.sendVector(Y.encodeStateVector(old))
    expect((await socket.closed).code).toBe(CLOSE.epochOld)
    expect(socket.refusals).toEqual([{ code: 'room-reset', advice: 'reset' }])
  })

  test('participants never receive reasons of absence, and no ballot before the close; the own ballot stands on the desk', async () => {
    const vote = await openVote(hub.url)
    await vote.secretary.perform('meeting.markPresence', {
      meetingId: vote.meetingId,
      personId: member.personId,
      presence: 'present',
    })
    await member.perform('meeting.castBallot', {
      meetingId: vote.meetingId,
      motionId: vote.motionId,
      choice: 'against',
    })
    const seen = await (await logIn(hub.url, 'giaoduc')).enter(roomName.meeting(vote.meetingId, 'board'))
    const motion = read(seen.doc).motions[vote.motionId]
    expect(motion?.answered).toEqual({ [member.personId]: true })
    expect([motion?.ballots, motion?.running]).toEqual([null, null])
    expect(Buffer.from(Y.encodeStateAsUpdate(seen.doc)).includes('against', 0, 'utf8')).toBe(false)
    const desk = await member.enter(roomName.desk(member.personId))
    const own = (
      desk.doc.getMap(BOARD_ROOT).toJSON() as {
        meetings: Record<string, { ballots: Record<string, { choice: string }> }>
      }
    ).meetings
    expect(own[vote.meetingId]?.ballots[vote.motionId]?.choice).toBe('against')
    seen.leave()
    desk.leave()
  })
})

describe('who may enter', () => {
  test('no ticket, an invented one, one of another room: closed with the reason', async () => {
    const other = await member.ticket(roomName.desk(member.personId))
    for (const [ticket, reason] of [
      [null, 'ticket-missing'],
      ['abc', 'ticket-expired'],
      [other, 'ticket-wrong-room'],
    ] as const) {
      const socket = await rawSocket(hub.url, board, ticket)
      expect(await socket.closed).toEqual({ code: CLOSE.ticketExpired, reason })
    }
  })

  test('a ticket is worth nothing after its minute', async () => {
    const time = { ms: Date.now() }
    const late = await testHub({}, { clock: { now: () => time.ms } })
    const person = await logIn(late.url, 'yte')
    const room = roomName.desk(person.personId)
    const ticket = await person.ticket(room)
    time.ms += LIMITS.ticketMs
    expect((await (await rawSocket(late.url, room, ticket)).closed).reason).toBe('ticket-expired')
    await late.end()
  })

  test('whoever is not invited gets no ticket, whatever the position; the meeting does not exist for them', async () => {
    for (const name of ['mattran', 'quantri', 'vanthu']) {
      const stranger = await logIn(hub.url, name)
      for (const part of ['board', 'organisers', 'conclusions'] as const) {
        const { result } = await stranger.call('/api/tickets', { room: roomName.meeting(scene.meetingId, part) })
        expect(result).toEqual({ ok: false, code: 'not-found' })
      }
      expect(await stranger.perform('meeting.checkIn', { meetingId: scene.meetingId })).toBe('not-found')
    }
  })

  test('members get no organisers’ board, nobody but administrators the accounts, nobody another’s desk', async () => {
    for (const room of [
      roomName.meeting(scene.meetingId, 'organisers'),
      roomName.administration(),
      roomName.desk(samplePersonId('chutich')),
    ]) {
      const { result } = await member.call('/api/tickets', { room })
      expect(result.ok).toBe(false)
    }
  })

  test('an invitee who is taken off the list loses the open socket at once', async () => {
    const other = await publishedMeeting(hub.url)
    const guest = await logIn(hub.url, 'mattran')
    const invite = {
      meetingId: other.meetingId,
      personId: guest.personId,
      capacity: 'invitee',
      inPlaceOf: null,
      reason: 'mời thêm',
    } as const
    await other.secretary.perform('meeting.invite', invite)
    const room = roomName.meeting(other.meetingId, 'board')
    const socket = await rawSocket(hub.url, room, await guest.ticket(room))
    await other.secretary.perform('meeting.uninvite', {
      meetingId: other.meetingId,
      personId: guest.personId,
      reason: 'mời nhầm',
    })
    expect((await socket.closed).code).toBe(CLOSE.rightsWithdrawn)
  })

  test('ending a session closes its sockets', async () => {
    const person = await logIn(hub.url, 'yte')
    const room = roomName.desk(person.personId)
    const socket = await rawSocket(hub.url, room, await person.ticket(room))
    await person.call('/api/logout', {})
    expect((await socket.closed).code).toBe(CLOSE.rightsWithdrawn)
    expect((await person.call('/api/sessions')).result).toEqual({ ok: false, code: 'session-ended' })
  })
})

describe('texts', () => {
  const conclusions = () => roomName.meeting(scene.meetingId, 'conclusions')
  const paragraph = (text: string) => {
    const node = new Y.XmlElement('paragraph')
    node.insert(0, [new Y.XmlText(text)])
    return node
  }

  test('secretary and chair write together with the provider from npm, a member reads along', async () => {
    const [a, b, c] = await Promise.all([
      scene.secretary.enter(conclusions()),
      scene.chair.enter(conclusions()),
      member.enter(conclusions()),
    ])
    a.doc.getXmlFragment(TEXT_ROOT).insert(0, [paragraph('Giao Phòng Kinh tế')])
    await until(() => b.doc.getXmlFragment(TEXT_ROOT).length === 1, 'the chair sees it')
    b.doc.getXmlFragment(TEXT_ROOT).insert(1, [paragraph('Báo cáo trước 15/12')])
    await until(() => c.doc.getXmlFragment(TEXT_ROOT).length === 2, 'the member sees both')
    expect(textOf(c.doc)).toBe('<paragraph>Giao Phòng Kinh tế</paragraph><paragraph>Báo cáo trước 15/12</paragraph>')
    for (const open of [a, b, c]) open.leave()
  })

  test('whoever may only read is refused and changes nothing, until the secretary allows it', async () => {
    const socket = await rawSocket(hub.url, conclusions(), await member.ticket(conclusions()))
    const doc = new Y.Doc()
    socket.sendVector(Y.encodeStateVector(doc))
    await until(() => socket.received.some((m) => m.step === 1), 'the text arrives')
    for (const { step, body } of socket.received) if (step > 0) Y.applyUpdate(doc, body)
    const vector = Y.encodeStateVector(doc)
    doc.getXmlFragment(TEXT_ROOT).insert(0, [paragraph('tôi thêm')])
    const update = Y.encodeStateAsUpdate(doc, vector)
    socket.sendUpdate(update)
    await until(() => socket.refusals.length > 0, 'a refusal')
    expect(socket.refusals).toEqual([{ code: 'text-read-only', advice: 'reset' }])
    await scene.secretary.perform('meeting.allowWriter', {
      meetingId: scene.meetingId,
      personId: member.personId,
      allowed: true,
    })
    await until(() => socket.rights.some((rights) => rights.write), 'the right arrives on the open socket')
    socket.sendUpdate(update)
    await until(() => socket.acknowledged.length > 0, 'the update is durable')
    socket.close()
  })

  test('a text survives a restart of the hub word by word', async () => {
    const first = await testHub()
    const other = await openMeeting(first.url)
    const room = roomName.meeting(other.meetingId, 'conclusions')
    const a = await other.secretary.enter(room)
    for (let i = 0; i < 30; i += 1) a.doc.getXmlFragment(TEXT_ROOT).insert(i, [paragraph(`Mục ${i}`)])
    const b = await other.chair.enter(room)
    await until(() => b.doc.getXmlFragment(TEXT_ROOT).length === 30, 'all is relayed, so all is durable')
    const text = textOf(a.doc)
    a.leave()
    b.leave()
    await first.close()
    const second = await testHub({ dataFolder: first.dataFolder })
    const again = await (await logIn(second.url, 'chutich')).enter(room)
    expect(textOf(again.doc)).toBe(text)
    again.leave()
    await second.end()
  })
})

describe('garbage and floods', () => {
  test('random bytes are refused and cost only the own line', async () => {
    const seed = randomUUID()
    for (let i = 0; i < 50; i += 1) {
      const socket = await rawSocket(hub.url, board, await member.ticket(board))
      socket.send(randomBytes(1 + ((i * 37) % 400)))
      socket.send(new Uint8Array([0, 2, 250, 1]))
      expect((await socket.closed).code, `round ${i}, seed ${seed}`).toBe(CLOSE.malformed)
    }
    const { doc, leave } = await member.enter(board)
    expect(read(doc).meeting.id).toBe(scene.meetingId)
    leave()
  })

  test('a frame above the limit closes the socket before it is read', async () => {
    const socket = await rawSocket(hub.url, board, await member.ticket(board))
    socket.send(new Uint8Array(LIMITS.frameBytes + 1))
    expect((await socket.closed).code).toBe(1009)
  })

  test('a flood of messages closes the one who floods', async () => {
    const socket = await rawSocket(hub.url, board, await member.ticket(board))
    for (let i = 0; i < LIMITS.messagesPerSecond * 3; i += 1) socket.sendVector(Y.encodeStateVector(new Y.Doc()))
    expect((await socket.closed).code).toBe(CLOSE.tooFast)
  })
})

describe('presence belongs to the hub', () => {
  test('identity is stamped by the hub, one state a connection; nobody speaks for another', async () => {
    const a = await member.enter(board)
    const b = await scene.chair.enter(board)
    a.provider.awareness.setLocalState({ person: scene.chair.personId, page: 4 })
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID) !== undefined, 'presence arrives')
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID)?.['page'] === 4, 'the page arrives')
    expect(b.provider.awareness.getStates().get(a.doc.clientID)).toEqual({ person: member.personId, page: 4 })
    a.leave()
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID) === undefined, 'leaving is told at once')
    b.leave()
  })
})
