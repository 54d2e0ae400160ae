// A person at a device, as the hub sees one: logs in, signs acts with a real P-256 key, opens rooms with the provider from npm.
import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { ActBody, ActType } from '../../shared/domain.ts'
import { bytesToSign, type Act, type UnsignedAct } from '../../shared/ledger/act.ts'
import { SAMPLE_PASSWORD } from '../../shared/sample/accounts.ts'
import { samplePersonId } from '../../shared/sample/commune.ts'
import type { PublicKey } from '../../shared/org/acts.ts'
import type { Result } from '../../shared/refusal.ts'

export interface Answer<T = unknown> {
  readonly status: number
  readonly result: Result<T>
}

export interface Person {
  readonly personId: string
  readonly deviceId: string
  readonly session: string
  readonly publicKey: PublicKey
  /** The same person, device and session at the hub's new address after a restart. */
  at(url: string): Person
  /** An act of this person now, signed; `change` alters it before signing. */
  act<T extends ActType>(type: T, body: ActBody<T>, change?: Partial<UnsignedAct>): Act
  send(act: unknown): Promise<Answer<{ stream: string; seq: number; at: string }>>
  /** Sends a fresh act; the result is `ok` or the refusal's code. */
  perform<T extends ActType>(type: T, body: ActBody<T>): Promise<string>
  call<T>(path: string, body?: unknown): Promise<Answer<T>>
  ticket(room: string): Promise<string>
  /** The provider from npm, unmodified, on a fresh document. */
  enter(
    room: string,
  ): Promise<{ readonly doc: Y.Doc; readonly provider: WebsocketProvider; readonly leave: () => void }>
}

export interface LoginOptions {
  readonly password?: string
  readonly enrol?: boolean
}

export async function logIn(url: string, username: string, options: LoginOptions = {}): Promise<Person> {
  const { privateKey, publicKey } = newKey()
  const deviceId = randomUUID()
  const password = options.password ?? SAMPLE_PASSWORD
  const login = await call<{ session: string }>(url, '/api/login', {
    username,
    password,
    device: { id: deviceId, name: 'thử' },
  })
  if (!login.result.ok) throw new Error(`login of ${username}: ${login.result.code}`)
  const person = personWith(url, samplePersonId(username), deviceId, login.result.value.session, privateKey, publicKey)
  if (options.enrol !== false) {
    const enrolled = await person.perform('org.enrolDevice', { deviceId, publicKey, name: 'máy thử' })
    if (enrolled !== 'ok') throw new Error(`device of ${username}: ${enrolled}`)
  }
  return person
}

export function newKey(): { privateKey: KeyObject; publicKey: PublicKey } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' })
  return { privateKey: pair.privateKey, publicKey: { kty, crv, x, y } as PublicKey }
}

export function signAct(act: UnsignedAct, key: KeyObject): Act {
  return {
    ...act,
    signature: sign('sha256', bytesToSign(act), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
}

/** A person whose session and device are there already. */
export function personWith(
  url: string,
  personId: string,
  deviceId: string,
  session: string,
  key: KeyObject,
  publicKey: PublicKey,
): Person {
  const person: Person = {
    personId,
    deviceId,
    session,
    publicKey,
    at: (next) => personWith(next, personId, deviceId, session, key, publicKey),
    act: (type, body, change = {}) => {
      const time = new Date().toISOString()
      const plain = body as Readonly<Record<string, unknown>>
      return signAct(
        { id: randomUUID(), type, version: 1, body: plain, actor: personId, device: deviceId, time, ...change },
        key,
      )
    },
    send: (act) => call(url, '/api/acts', { act }, session),
    perform: async (type, body) => {
      const { result } = await person.send(person.act(type, body))
      return result.ok ? 'ok' : result.code
    },
    call: (path, body) => call(url, path, body, session),
    ticket: async (room) => {
      const { result } = await person.call<{ ticket: string }>('/api/tickets', { room })
      if (!result.ok) throw new Error(`ticket for ${room}: ${result.code}`)
      return result.value.ticket
    },
    enter: async (room) => await enter(url, room, await person.ticket(room)),
  }
  return person
}

async function enter(url: string, room: string, ticket: string) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, room, doc, {
    params: { ticket },
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  const leave = () => {
    provider.destroy()
    doc.destroy()
  }
  return { doc, provider, leave }
}

export async function call<T>(url: string, path: string, body?: unknown, session?: string): Promise<Answer<T>> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, result: (await response.json()) as Result<T> }
}

/** Waits until `check` is true; fails after two seconds of checking. */
export async function until(check: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    if (check()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`did not happen: ${what}`)
}
