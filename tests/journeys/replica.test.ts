// The client on a line that breaks, against the real hub: acts wait and are answered, texts merge, and everything opens again without a line.
import 'fake-indexeddb/auto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { startHub, type RunningHub } from '../../hub/server.ts'
import type { TabStorage } from '../../renderer/client/credentials.ts'
import { createClient, type Client } from '../../renderer/client/client.ts'
import { watchPresence, type Presence } from '../../renderer/client/presence.ts'
import type { Workplace } from '../../renderer/client/workplace.ts'
import { deriveKeyNow } from '../../renderer/replica/key-derivation.ts'
import type { Watchable } from '../../renderer/replica/value.ts'
import { TEXT_ROOT } from '../../shared/hub/rooms.ts'
import { SAMPLE_PASSWORD } from '../../shared/sample/accounts.ts'
import { SAMPLE_COMMITTEE_ID, samplePersonId } from '../../shared/sample/commune.ts'

interface Wire {
  readonly url: string
  down(): void
  up(): void
  close(): Promise<void>
}

/** A line that can be torn: while it is down, every connection ends at once. */
async function startWire(hubPort: () => number): Promise<Wire> {
  const open = new Set<Socket>()
  let torn = false
  const server = createServer((client) => {
    if (torn) {
      client.destroy()
      return
    }
    const hub = connect(hubPort(), '127.0.0.1')
    for (const [from, to] of [
      [client, hub],
      [hub, client],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    down: () => {
      torn = true
      for (const socket of open) socket.destroy()
    },
    up: () => {
      torn = false
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function tabOf(): TabStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'replica-'))
const clients = new Set<Client>()
let hub: RunningHub
let wire: Wire

beforeAll(async () => {
  // In Node each y-websocket provider listens for the end of the process; a page has no such list.
  process.setMaxListeners(0)
  hub = await startHub({ dataFolder: folder, host: '127.0.0.1', port: 0, sampleCommune: true })
  wire = await startWire(() => Number(new URL(hub.url).port))
})

afterAll(async () => {
  await Promise.all([...clients].map((client) => client.close()))
  await wire.close()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

/** @param hubUrl another address of the same hub has a replica of its own, like another device */
function newClient(tab: TabStorage | null = null, hubUrl = wire.url): Client {
  const client = createClient({
    hubUrl,
    bridge: null,
    tab,
    deviceName: 'test',
    derive: (request) => Promise.resolve(deriveKeyNow(request)),
    parameters: { memory: 64, passes: 1, lanes: 1 },
    page: {
      WebSocket: globalThis.WebSocket,
      random: () => 0.5,
      alone: (name, work) => navigator.locks.request(name, work),
      channel: () => null,
      network: null,
    },
  })
  clients.add(client)
  return client
}

async function close(client: Client): Promise<void> {
  clients.delete(client)
  await client.close()
}

/** Waits for a change; the limit is the test's own. */
function until<T>(watchable: Watchable<T>, holds: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const value = watchable.current()
      if (!holds(value)) return
      stop()
      resolve(value)
    }
    const stop = watchable.subscribe(look)
    queueMicrotask(look)
  })
}

function inside(client: Client): Workplace {
  const state = client.session.state.current()
  if (state.kind !== 'in') throw new Error(`nobody is logged in: ${JSON.stringify(state)}`)
  return state.workplace
}

async function loggedIn(username: string): Promise<{ readonly client: Client; readonly work: Workplace }> {
  const client = newClient()
  expect(await client.session.login(username, SAMPLE_PASSWORD)).toEqual({ ok: true })
  return { client, work: inside(client) }
}

/** A published meeting of the committee that begins tomorrow, with one item. */
async function publishedMeeting({ outbox, papers }: Workplace, file: Blob | null = null): Promise<string> {
  const meetingId = crypto.randomUUID()
  const startsAt = new Date(Date.now() + 24 * 3_600_000).toISOString()
  const accepted = async (outcome: Promise<{ readonly state: string }>) =>
    expect(await outcome).toMatchObject({ state: 'accepted' })
  await accepted(
    outbox.perform('meeting.create', {
      meetingId,
      bodyId: SAMPLE_COMMITTEE_ID,
      ruleSetId: 'committee-session',
      title: 'Phiên họp thử đường truyền',
      kind: 'ordinary',
      startsAt,
      plannedMinutes: 60,
      room: 'Hội trường',
      chairId: samplePersonId('chutich'),
      secretaryIds: [samplePersonId('thuky')],
    }),
  )
  const item = { itemId: crypto.randomUUID(), parentId: null, title: 'Nội dung 1', presenterId: null, minutes: 10 }
  await accepted(outbox.perform('meeting.putItem', { meetingId, ...item, reason: null }))
  if (file !== null) {
    const paper = await papers.upload(file, () => {}, new AbortController().signal)
    if (!paper.ok) throw new Error(paper.code)
    const { sha256, size, pages } = paper.value
    const body = { meetingId, itemId: item.itemId, paperId: crypto.randomUUID(), name: 'Phụ lục', sha256, size, pages }
    await accepted(outbox.perform('meeting.attachPaper', { ...body, reason: null }))
  }
  await accepted(outbox.perform('meeting.publish', { meetingId }))
  return meetingId
}

describe('the replica', () => {
  it('shows boards from the hub, and the same boards after a restart without a line', async () => {
    const secretary = await loggedIn('thuky')
    const meetingId = await publishedMeeting(secretary.work)
    const { client, work } = await loggedIn('congan')
    const desk = work.rooms.desk().room.view
    await until(desk, (board) => board?.meetings[meetingId]?.status === 'published')
    const board = work.rooms.meeting(meetingId, 'board').room.view
    const seen = await until(board, (view) => view !== null)
    await close(client)

    wire.down()
    const again = newClient()
    expect(await again.session.login('congan', 'sai mật khẩu')).toMatchObject({ ok: false, code: 'login-failed' })
    expect(await again.session.login('yte', SAMPLE_PASSWORD)).toMatchObject({ ok: false, code: 'hub-unavailable' })
    expect(await again.session.login('congan', SAMPLE_PASSWORD)).toEqual({ ok: true })
    const offline = inside(again).rooms.meeting(meetingId, 'board').room.view
    expect(await until(offline, (view) => view !== null)).toEqual(seen)
    wire.up()
    await close(again)
    await close(secretary.client)
  })

  it('keeps an act through a restart without a line and does it once when the line returns; a late one is refused by name', async () => {
    const secretary = await loggedIn('thuky')
    const meetingId = await publishedMeeting(secretary.work)
    const tab = tabOf()
    const client = newClient(tab)
    expect((await client.session.login('kinhte', SAMPLE_PASSWORD)).ok).toBe(true)
    const work = inside(client)
    await until(work.rooms.desk().room.view, (board) => board?.meetings[meetingId] !== undefined)
    wire.down()
    expect(await work.outbox.perform('meeting.confirm', { meetingId })).toMatchObject({ state: 'waiting' })
    const other = crypto.randomUUID()
    expect(await work.outbox.perform('meeting.confirm', { meetingId: other })).toMatchObject({ state: 'waiting' })
    await close(client)

    // A reload of the tab: nobody is asked for a password.
    const again = newClient(tab)
    await again.session.start()
    const { outbox, quarantine, rooms } = inside(again)
    expect((await until(outbox.waiting, (acts) => acts.length === 2)).map((act) => act.type)).toEqual([
      'meeting.confirm',
      'meeting.confirm',
    ])
    wire.up()
    await again.line.probe()
    await until(outbox.waiting, (acts) => acts.length === 0)
    await until(rooms.desk().room.view, (board) => board?.meetings[meetingId]?.answer === 'confirmed')
    const [refused] = await until(quarantine.items, (items) => items.length === 1)
    expect(refused).toMatchObject({
      kind: 'act',
      type: 'meeting.confirm',
      code: 'not-found',
      body: { meetingId: other },
    })
    await close(again)
    await close(secretary.client)
  })

  it('goes on with the same board when the hub was started again', async () => {
    const { client, work } = await loggedIn('thuky')
    const meetingId = await publishedMeeting(work)
    const board = work.rooms.meeting(meetingId, 'organisers').room.view
    await until(board, (view) => view?.meeting.status === 'published')
    await hub.close()
    hub = await startHub({ dataFolder: folder, host: '127.0.0.1', port: 0, sampleCommune: true })
    const outcome = await work.outbox.perform('meeting.cancel', { meetingId, reason: 'Mất điện' })
    expect(['accepted', 'waiting']).toContain(outcome.state)
    await client.line.probe()
    const view = await until(board, (next) => next?.meeting.status === 'cancelled')
    expect(Object.keys(view?.items ?? {})).toHaveLength(1)
    await close(client)
  })

  it('merges texts written without a line, and keeps what comes too late as readable text', async () => {
    const secretary = await loggedIn('thuky')
    const chair = await loggedIn('chutich')
    const meetingId = await openedMeeting(secretary.work, chair.work)
    const hers = secretary.work.rooms.conclusions(meetingId).room.text
    const his = chair.work.rooms.conclusions(meetingId).room.text
    const [a, b] = await Promise.all([writable(hers), writable(his)])
    write(a, 'Thư ký ghi. ')
    await seen(b, 'Thư ký ghi.')
    wire.down()
    write(a, 'Viết khi mất mạng. ')
    write(b, 'Chủ tịch cũng viết. ')
    wire.up()
    await Promise.all([secretary.client.line.probe(), chair.client.line.probe()])
    await seen(a, 'Chủ tịch cũng viết.')
    await seen(b, 'Viết khi mất mạng.')
    await until(hers, (text) => text?.unsaved === false)
    expect(plain(a)).toBe(plain(b))

    // The secretary writes on without a line while the chair closes the meeting: nobody may write any more.
    await close(chair.client)
    const alone = await loggedIn('chutich')
    wire.down()
    write(a, 'Câu này đến muộn. ')
    await close(secretary.client)
    wire.up()
    expect(await alone.work.outbox.perform('meeting.close', { meetingId })).toHaveProperty('id')
    await alone.client.line.probe()
    await until(alone.work.outbox.waiting, (acts) => acts.length === 0)

    const late = await loggedIn('thuky')
    const text = late.work.rooms.conclusions(meetingId).room.text
    const [item] = await until(late.work.quarantine.items, (items) => items.length === 1)
    expect(item).toMatchObject({ kind: 'text', code: 'text-read-only', text: 'Câu này đến muộn. ' })
    await late.work.quarantine.dismiss(item!.id)
    const final = await until(text, (value) => value?.synced === true && !value.unsaved)
    expect(final?.mayWrite).toBe(false)
    await seen(final!.doc, 'Viết khi mất mạng.')
    expect(plain(final!.doc)).not.toContain('đến muộn')
    await close(late.client)
    await close(alone.client)
  })

  it('writes on after a refusal: what the hub refuses is laid aside, what was written before and after it is kept', async () => {
    const secretary = await loggedIn('thuky')
    const chair = await loggedIn('chutich')
    const meetingId = await openedMeeting(secretary.work, chair.work)
    const hers = secretary.work.rooms.conclusions(meetingId).room.text
    const his = await writable(chair.work.rooms.conclusions(meetingId).room.text)
    for (const round of ['khi có mạng', 'khi mất mạng']) {
      const doc = await writable(hers)
      if (round === 'khi mất mạng') wire.down()
      write(doc, `Trước, ${round}. `)
      // A second root is more than the text may hold: the inspector refuses the whole update.
      doc.transact(() => {
        write(doc, `Hỏng, ${round}. `)
        doc.getMap('khác').set('a', 1)
      })
      write(doc, `Sau, ${round}. `)
      if (round === 'khi mất mạng') wire.up()
      await Promise.all([secretary.client.line.probe(), chair.client.line.probe()])
      await seen(his, `Sau, ${round}.`)
      expect(plain(his)).toContain(`Trước, ${round}.`)
      expect(plain(his)).not.toContain(`Hỏng, ${round}.`)
      await until(hers, (text) => text?.mayWrite === true && text.synced && !text.unsaved)
    }
    const aside = await until(secretary.work.quarantine.items, (items) => items.length >= 2)
    expect(aside.map(({ code, text }) => [code, text])).toEqual([
      ['update-refused', 'Hỏng, khi có mạng. '],
      ['update-refused', 'Hỏng, khi mất mạng. '],
    ])
    for (const { id } of aside) await secretary.work.quarantine.dismiss(id)
    expect(plain(await writable(hers))).toBe(plain(his))
    await close(secretary.client)
    await close(chair.client)
  })

  it('fetches the papers of a coming meeting by itself, tells the secretary, and reads them without a line', async () => {
    const file = new Blob([readFileSync(join(import.meta.dirname, '../fixtures/nd30/phu-luc-4.pdf'))])
    const secretary = await loggedIn('thuky')
    const meetingId = await publishedMeeting(secretary.work, file)
    const board = secretary.work.rooms.meeting(meetingId, 'organisers').room.view
    const member = await loggedIn('quansu')
    const me = samplePersonId('quansu')
    const told = await until(board, (view) => view?.participants[me]?.papersReady === view?.meeting.papersFingerprint)
    const [paper] = Object.values(told?.papers ?? {})
    await close(member.client)
    await close(secretary.client)

    wire.down()
    const offline = newClient()
    expect((await offline.session.login('quansu', SAMPLE_PASSWORD)).ok).toBe(true)
    const source = await inside(offline).papers.source(paper!.sha256, paper!.size, false)
    expect(source?.kind === 'bytes' && source.bytes).toEqual(new Uint8Array(await file.arrayBuffer()))
    const set = inside(offline).papers.ofMeeting(meetingId)
    expect((await until(set.state, ({ complete }) => complete)).here).toBe(1)
    set.close()
    wire.up()
    await close(offline)
  })

  it('shows who is here and where the presenter is', async () => {
    const secretary = await loggedIn('thuky')
    const meetingId = await publishedMeeting(secretary.work)
    const member = await loggedIn('tuphap')
    await until(member.work.rooms.desk().room.view, (desk) => desk?.meetings[meetingId] !== undefined)
    const [hers, his] = [secretary, member].map(({ client, work }) =>
      watchPresence(work.rooms.meeting(meetingId, 'board').room.socket, work.me.personId, client.line.hubNow),
    ) as [Presence, Presence]
    const both = [samplePersonId('thuky'), samplePersonId('tuphap')].sort()
    await until(his.view, ({ people }) => people.length === 2)
    expect((await until(hers.view, ({ people }) => people.length === 2)).people).toEqual(both)
    const place = { paperId: crypto.randomUUID(), page: 3 }
    hers.present(place)
    const { presented } = await until(his.view, (view) => view.presented !== null)
    expect(presented).toEqual({ personId: samplePersonId('thuky'), ...place })
    await close(secretary.client)
    expect((await until(his.view, ({ people }) => people.length === 1)).presented).toBeNull()
    await close(member.client)
  })

  it('opens what waits on this device with the old password when the password was changed elsewhere', async () => {
    const secretary = await loggedIn('thuky')
    const meetingId = await publishedMeeting(secretary.work)
    const { client, work } = await loggedIn('dantoc')
    await until(work.rooms.desk().room.view, (desk) => desk?.meetings[meetingId] !== undefined)
    wire.down()
    expect(await work.outbox.perform('meeting.confirm', { meetingId })).toMatchObject({ state: 'waiting' })
    await close(client)
    wire.up()
    const elsewhere = newClient(null, hub.url)
    expect((await elsewhere.session.login('dantoc', SAMPLE_PASSWORD)).ok).toBe(true)
    const next = 'một mật khẩu hoàn toàn khác 2026'
    expect(await elsewhere.session.changePassword(SAMPLE_PASSWORD, next)).toEqual({ ok: true, value: null })
    await close(elsewhere)

    const again = newClient()
    expect(await again.session.login('dantoc', SAMPLE_PASSWORD)).toMatchObject({ ok: false, code: 'login-failed' })
    expect(await again.session.login('dantoc', next)).toEqual({ ok: true })
    expect(again.session.state.current()).toEqual({ kind: 'sealed', username: 'dantoc', unsent: 1 })
    expect(await again.session.openSealed('nhớ nhầm')).toMatchObject({ ok: false, code: 'login-failed' })
    expect(await again.session.openSealed(SAMPLE_PASSWORD)).toEqual({ ok: true, value: null })
    const desk = inside(again).rooms.desk().room.view
    await until(desk, (view) => view?.meetings[meetingId]?.answer === 'confirmed')
    await again.session.logout()

    // From now on the new password alone opens it, also without a line.
    wire.down()
    expect(await again.session.login('dantoc', SAMPLE_PASSWORD)).toMatchObject({ ok: false, code: 'login-failed' })
    expect(await again.session.login('dantoc', next)).toEqual({ ok: true })
    wire.up()
    await again.line.probe()
    // The session ended with the logout: now that the hub is back, it wants to know who is here.
    expect(await until(again.session.state, ({ kind }) => kind === 'out')).toMatchObject({ reason: 'not-logged-in' })
    await close(again)
    await close(secretary.client)
  })

  it('says why a session ended, keeps the replica, and removes it when asked to', async () => {
    const { client, work } = await loggedIn('taichinh')
    await until(work.rooms.desk().room.view, (board) => board !== null)
    const sessions = await client.api.call('sessions', null)
    if (!sessions.ok) throw new Error(sessions.code)
    const current = sessions.value.sessions.find((each) => each.current)!
    await client.api.call('endSession', { id: current.id })
    const out = await until(client.session.state, (state) => state.kind === 'out')
    expect(out).toMatchObject({ reason: 'session-ended', lastUsername: 'taichinh' })
    expect(await client.usernames()).toContain('taichinh')

    expect((await client.session.login('taichinh', SAMPLE_PASSWORD)).ok).toBe(true)
    await client.session.logout({ removeData: true })
    expect(await client.usernames()).not.toContain('taichinh')
    expect((await indexedDB.databases()).some(({ name }) => name?.includes(samplePersonId('taichinh')))).toBe(false)
    await close(client)
  })
})

async function openedMeeting(secretary: Workplace, chair: Workplace): Promise<string> {
  const meetingId = await publishedMeeting(secretary)
  const held = secretary.rooms.meeting(meetingId, 'organisers')
  const board = await until(held.room.view, (view) => view !== null)
  for (const personId of Object.keys(board?.participants ?? {})) {
    const presence = { meetingId, personId, presence: 'present' } as const
    expect(await secretary.outbox.perform('meeting.markPresence', presence)).toMatchObject({ state: 'accepted' })
  }
  held.release()
  expect(await chair.outbox.perform('meeting.open', { meetingId })).toMatchObject({ state: 'accepted' })
  return meetingId
}

async function writable(
  text: Workplace['rooms'] extends { conclusions(id: string): { room: { text: infer W } } } ? W : never,
) {
  const open = await until(text, (value) => value?.mayWrite === true && value.synced)
  return open!.doc
}

function write(doc: Y.Doc, words: string): void {
  const paragraph = new Y.XmlElement('paragraph')
  const root = doc.getXmlFragment(TEXT_ROOT)
  doc.transact(() => {
    paragraph.insert(0, [new Y.XmlText(words)])
    root.insert(root.length, [paragraph])
  })
}

function plain(doc: Y.Doc): string {
  return doc.getXmlFragment(TEXT_ROOT).toJSON()
}

function seen(doc: Y.Doc, words: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!plain(doc).includes(words)) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
    look()
  })
}
