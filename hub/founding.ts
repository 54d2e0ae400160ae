// The first act of a new hub: the sample commune, founded and signed by the hub itself, with a password for each account.
import { randomUUID } from 'node:crypto'
import { SAMPLE_ACCOUNTS } from '../shared/sample/accounts.ts'
import { SAMPLE_COMMUNE, samplePersonId } from '../shared/sample/commune.ts'
import { HUB_ACTOR } from '../shared/org/state.ts'
import { hashPassword } from './access/passwords.ts'
import type { Decider } from './acts/decider.ts'
import { isoNow, type Clock } from './clock.ts'
import type { HubKey } from './hub-key.ts'
import type { Store } from './store/store.ts'

/** Does nothing when the ledger has people already. Safe to repeat after a break: passwords first, then the one act that makes them count. */
export async function foundSampleCommune(decider: Decider, store: Store, key: HubKey, clock: Clock): Promise<void> {
  if (Object.keys(decider.state.org.people).length > 0) return
  for (const { username, password } of SAMPLE_ACCOUNTS) {
    await store.saveCredential({
      personId: samplePersonId(username),
      hash: await hashPassword(password),
      mustChange: false,
    })
  }
  const act = key.sign({
    id: randomUUID(),
    type: 'org.found',
    version: 1,
    body: { hubKey: key.publicKey, ...SAMPLE_COMMUNE },
    actor: HUB_ACTOR,
    device: HUB_ACTOR,
    time: isoNow(clock),
  })
  const founded = await decider.submit(act, { personId: HUB_ACTOR, deviceId: HUB_ACTOR })
  if (!founded.ok) throw new Error(`the sample commune was not founded: ${founded.code}`)
}
