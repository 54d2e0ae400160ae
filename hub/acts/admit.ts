// What an act must pass before anyone asks what it means: shape, author, device, signature, time. Cheap checks first.
import { ACTS, isActType, type DomainAct } from '../../shared/domain.ts'
import { LIMITS } from '../../shared/hub/wire.ts'
import { actSchema, type Act } from '../../shared/ledger/act.ts'
import { HUB_ACTOR, type OrgState } from '../../shared/org/state.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { OrgAct, PublicKey } from '../../shared/org/acts.ts'
import { digestOf, signedBy } from './signature.ts'

/** Who sends: taken from the session, never from the act. */
export interface Sender {
  readonly personId: string
  readonly deviceId: string
}

export interface AdmittedAct {
  readonly act: Act
  readonly domainAct: DomainAct
  readonly digest: string
}

/** @param now the hub's time, ms */
export function admit(raw: unknown, sender: Sender, org: OrgState, now: number): Result<AdmittedAct> {
  if (typeof raw === 'object' && raw !== null && !('signature' in raw)) return refuse('unsigned')
  const parsed = actSchema.safeParse(raw)
  if (!parsed.success) return refuse('malformed')
  const act = parsed.data
  if (!isActType(act.type)) return refuse('unknown-type')
  const body = ACTS[act.type].safeParse(act.body)
  if (!body.success) return refuse('malformed')
  if (act.actor !== sender.personId || act.device !== sender.deviceId) return refuse('actor-mismatch')
  // The schema of this very type has just read the body, so type and body belong together.
  const domainAct = { type: act.type, actor: act.actor, body: body.data } as DomainAct
  const key = keyFor(domainAct, act, org)
  if (!key.ok) return key
  if (!signedBy(act, key.value)) return refuse('bad-signature')
  if (Date.parse(act.time) > now + LIMITS.futureMs) return refuse('future-dated')
  return ok({ act, domainAct, digest: digestOf(act) })
}

/** A device's own enrolment is signed by the key that it brings; everything else by a key the ledger knows. */
function keyFor(domainAct: DomainAct, act: Act, org: OrgState): Result<PublicKey> {
  if (domainAct.type === 'org.enrolDevice') {
    return domainAct.body.deviceId === act.device ? ok(domainAct.body.publicKey) : refuse('actor-mismatch')
  }
  if (domainAct.type === 'org.found') return foundingKey(domainAct)
  const device = org.devices[act.device]
  if (device?.personId !== act.actor) return refuse('device-unknown')
  return device.revokedAt === null ? ok(device.publicKey) : refuse('device-revoked')
}

function foundingKey(act: Extract<OrgAct, { type: 'org.found' }>): Result<PublicKey> {
  return act.actor === HUB_ACTOR ? ok(act.body.hubKey) : refuse('forbidden')
}
