// Honest people under delay, offline work, undo and reconnects: nobody may be refused and everybody must end with the same text.
// HONEST_RUNS sets how many (default 40), HONEST_SEED repeats a run.

import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Inspector } from '../../hub/rooms/inspector/inspector.ts'
import { adviceFor, Rejected } from '../../hub/rooms/inspector/rejection.ts'
import { HONEST_ROOTS, HonestClient, openRoots } from './honest-client.ts'
import { copyOf } from './inspector-lab.ts'
import { numberFromEnvironment, type Random, randomFrom, seedFromEnvironment } from './random.ts'

const PEOPLE = 5
const STEPS = 300

test('honest writers are never refused and converge', { timeout: 600_000 }, () => {
  const seed = seedFromEnvironment('HONEST_SEED')
  const runs = numberFromEnvironment('HONEST_RUNS', 40)
  console.log(`honest writers: HONEST_SEED=${seed} HONEST_RUNS=${runs}`)
  const random = randomFrom(seed)
  const total = { updates: 0, held: 0, refused: [] as string[], diverged: [] as string[] }
  for (let run = 0; run < runs; run++) {
    const room = new Room(random)
    room.live(STEPS)
    room.settle()
    total.updates += room.updates
    total.held += room.held
    total.refused.push(...room.refused.map((reason) => `run ${run}: ${reason}`))
    total.diverged.push(...room.differences().map((where) => `run ${run}: ${where}`))
  }
  console.log(`${total.updates} updates, ${total.held} held before the first step 2`)
  expect(total.refused).toEqual([])
  expect(total.diverged).toEqual([])
  expect(total.updates).toBeGreaterThan(runs * 50)
})

/** One hub, its inspector and some clients; the lines between them are queues. */
class Room {
  readonly hub = new Y.Doc()
  /** Lives only from what the hub relays, as the store and every other hub does. */
  readonly follower = new Y.Doc()
  readonly refused: string[] = []
  updates = 0
  held = 0
  private readonly inspector: Inspector
  private readonly clients: readonly HonestClient[]
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
    this.hub.clientID = 1
    for (const doc of [this.hub, this.follower]) openRoots(doc)
    this.inspector = new Inspector(this.hub, { allow: () => true, roots: HONEST_ROOTS })
    this.clients = Array.from({ length: PEOPLE }, (_, n) => {
      const client = new HonestClient(`person-${n}`, 100 + random.int(2 ** 31), random)
      this.inspector.bind(client.doc.clientID, client.person)
      return client
    })
  }

  live(steps: number): void {
    const { random } = this
    for (let step = 0; step < steps; step++) {
      const client = random.pick(this.clients)
      if (!random.once(14)) client.act()
      else if (client.online) client.drop()
      else client.reconnect(this.hub)
      for (const each of this.clients) {
        if (random.once(2)) this.deliverUp(each)
        const update = random.once(2) ? each.down.shift() : undefined
        if (update !== undefined) each.receive(update)
      }
    }
  }

  /** Everyone comes back until nothing is on its way any more. */
  settle(): void {
    for (let round = 0; round < 6; round++) {
      for (const client of this.clients) {
        while (client.up.length > 0) this.deliverUp(client)
        for (const update of client.down.splice(0)) client.receive(update)
        client.reconnect(this.hub)
        while (client.up.length > 0) this.deliverUp(client)
      }
    }
    for (const client of this.clients) client.receive(Y.encodeStateAsUpdate(this.hub, Y.encodeStateVector(client.doc)))
  }

  differences(): string[] {
    const expected = contentOf(this.hub)
    const all = [
      ...this.clients.map(({ doc, person }) => ({ doc, person })),
      { doc: this.follower, person: 'follower' },
    ]
    return all.flatMap(({ doc, person }) => (contentOf(doc) === expected ? [] : [person]))
  }

  private deliverUp(client: HonestClient): void {
    const update = client.up.shift()
    if (update === undefined) return
    this.updates += 1
    if (update === client.step2) client.synced = true
    try {
      const { out } = this.inspector.apply(update, client.person)
      if (out === null) return
      Y.applyUpdate(this.follower, out)
      for (const each of this.clients) if (each !== client && each.online) each.down.push(out)
    } catch (error) {
      if (!(error instanceof Rejected)) throw error
      // The rooms hold these until the step 2 of the connection, which carries all of it.
      if (!client.synced && adviceFor(error.code) === 'resync') this.held += 1
      else this.refused.push(error.message)
    }
  }
}

function contentOf(doc: Y.Doc): string {
  const map = Object.entries(doc.getMap('map').toJSON() as Record<string, unknown>)
    .map(
      ([key, value]) =>
        [key, typeof value === 'object' && value !== null ? Object.entries(value).sort() : value] as const,
    )
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return JSON.stringify([
    doc.getText('minutes').toDelta(),
    map,
    doc.getArray('list').toJSON(),
    doc.getXmlFragment('rich').toJSON(),
  ])
}

test('readers emit clean-ups of formatting; these are dropped silently and change nothing', () => {
  const seed = seedFromEnvironment('HONEST_SEED')
  console.log(`passive readers: HONEST_SEED=${seed}`)
  const random = randomFrom(seed)
  let emitted = 0
  for (let run = 0; run < 5000 && emitted < 5; run++) {
    for (const { update, hub } of cleanUpsOfReader(random)) {
      emitted += 1
      const inspector = new Inspector(hub, { allow: (person) => person !== 'reader', roots: HONEST_ROOTS })
      const before = Y.encodeStateAsUpdate(hub)
      try {
        expect(inspector.apply(update, 'reader').noop).toBe(true) // somebody else's clean-up came first
      } catch (error) {
        if (!(error instanceof Rejected)) throw error
        expect([error.code, error.benign, adviceFor(error.code)]).toEqual(['format-cleanup', true, 'none'])
      }
      expect(Y.encodeStateAsUpdate(hub)).toEqual(before)
    }
  }
  expect(emitted).toBeGreaterThan(0)
})

/** Two people format the same words at the same time while a third only reads. The hub's root is untyped, so it cleans nothing up itself. */
function cleanUpsOfReader(random: Random): readonly { readonly update: Uint8Array; readonly hub: Y.Doc }[] {
  const hub = new Y.Doc()
  hub.getText('minutes').insert(0, 'Hội đồng nhân dân xã họp phiên thường lệ')
  const [first, second, reader] = [copyOf(hub), copyOf(hub), copyOf(hub)]
  reader.getText('minutes')
  const seen: Uint8Array[] = []
  reader.on('update', (update, origin) => {
    if (origin !== 'hub') seen.push(update)
  })
  const marks = [{ bold: true }, { italic: true }, { bold: null }]
  const relay = copyOf(hub)
  for (let round = 0; round < 2; round++) {
    const before = [first, second].map((doc) => Y.encodeStateVector(doc))
    const at = random.int(20)
    const length = 1 + random.int(15)
    first.getText('minutes').format(at, length, random.pick(marks))
    const same = random.once(2)
    second.getText('minutes').format(same ? at : random.int(20), same ? length : 1 + random.int(15), random.pick(marks))
    const updates = [first, second].map((doc, n) => Y.encodeStateAsUpdate(doc, before[n]))
    for (const update of updates) for (const doc of [relay, reader, first, second]) Y.applyUpdate(doc, update, 'hub')
  }
  return seen.map((update) => ({ update, hub: relay }))
}
