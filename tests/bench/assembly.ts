// A hub's folder with an assembly of 500 people in it, each with an account, an enrolled device with a real key, and a session: what logging in 500 times would leave.

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Sessions } from '../../hub/access/sessions.ts'
import { Decider } from '../../hub/acts/decider.ts'
import { EMPTY_DOMAIN } from '../../hub/acts/domain-state.ts'
import { systemClock } from '../../hub/clock.ts'
import { loadHubKey } from '../../hub/hub-key.ts'
import { openSqliteStore } from '../../hub/store/sqlite-store.ts'
import { HUB_ACTOR } from '../../shared/org/state.ts'
import { SAMPLE_COMMITTEE_ID, SAMPLE_COMMUNE, sampleId, samplePersonId } from '../../shared/sample/commune.ts'
import { newKey, type Person, personWith } from '../support/person.ts'

export interface Assembly {
  readonly chair: Person
  readonly secretary: Person
  readonly voters: readonly Person[]
}

/** Everything is done through the hub's own parts; only the passwords are passed over. @param url where the hub is going to listen does not matter yet: see `Person.at` */
export async function foundAssembly(folder: string, size: number): Promise<Assembly> {
  const store = openSqliteStore(join(folder, 'hub.sqlite'))
  const clock = systemClock
  const onFault = (fault: unknown) => {
    throw fault
  }
  const decider = new Decider({
    store,
    clock,
    state: EMPTY_DOMAIN,
    uploaded: () => null,
    onCommitted: () => undefined,
    onFault,
  })
  const sessions = new Sessions(store, clock, () => decider.state.org)
  const submit = async (act: unknown, personId: string, deviceId: string) => {
    const done = await decider.submit(act, { personId, deviceId })
    if (!done.ok) throw new Error(`the assembly was not founded: ${done.code}`)
  }

  const key = loadHubKey(folder)
  const time = new Date().toISOString()
  const founding = { hubKey: key.publicKey, ...withVoters(size) }
  const envelope = { id: randomUUID(), version: 1 as const, actor: HUB_ACTOR, device: HUB_ACTOR, time }
  await submit(key.sign({ ...envelope, type: 'org.found', body: founding }), HUB_ACTOR, HUB_ACTOR)

  const enrol = async (personId: string): Promise<Person> => {
    const deviceId = randomUUID()
    const { privateKey, publicKey } = newKey()
    const { credential } = await sessions.begin(personId, deviceId)
    const person = personWith('', personId, deviceId, credential, privateKey, publicKey)
    await submit(person.act('org.enrolDevice', { deviceId, publicKey, name: 'máy thử' }), personId, deviceId)
    return person
  }
  const chair = await enrol(samplePersonId('chutich'))
  const secretary = await enrol(samplePersonId('thuky'))
  const voters = await Promise.all(Array.from({ length: size }, async (_, n) => await enrol(voterId(n))))
  await store.close()
  return { chair, secretary, voters }
}

const voterId = (n: number) => sampleId(`bench/voter/${n}`)

/** The sample commune, its committee grown by so many members. */
function withVoters(size: number) {
  const numbers = Array.from({ length: size }, (_, n) => n)
  const seat = { unitId: SAMPLE_COMMITTEE_ID, title: 'Đại biểu', role: 'member' as const, from: '2025-07-01' }
  return {
    units: SAMPLE_COMMUNE.units,
    people: [
      ...SAMPLE_COMMUNE.people,
      ...numbers.map((n) => ({ personId: voterId(n), name: `Đại biểu số ${n + 1}`, phone: '' })),
    ],
    positions: [
      ...SAMPLE_COMMUNE.positions,
      ...numbers.map((n) => ({ positionId: sampleId(`bench/seat/${n}`), personId: voterId(n), ...seat })),
    ],
    accounts: [
      ...SAMPLE_COMMUNE.accounts,
      ...numbers.map((n) => ({ personId: voterId(n), username: `dai-bieu-${n + 1}` })),
    ],
  }
}
