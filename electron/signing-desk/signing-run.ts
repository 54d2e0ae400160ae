// Signs the waiting documents of a batch in one session of the token, which ends whatever happens.
import type { SigningCode } from '../../shared/desktop/signing-codes.ts'
import type { SignatureSurroundings } from '../signature/surroundings.ts'
import { signDocument, type SignatureOrder } from '../signature/sign-document.ts'
import type { SigningClient, TokenId, TokenSession } from '../signing/client.ts'
import { nextDocument, type Batch, type BatchEvent } from './batch.ts'
import type { ConfirmAnswer } from './confirmation.ts'
import { fingerprintOf } from './devices.ts'
import { missingOrNull } from './outcome.ts'

export interface RunTask {
  readonly client: SigningClient
  readonly token: TokenId
  /** SHA-256 of the certificate's DER. */
  readonly certificate: string
  /** DER, from the signer's issuer upwards. */
  readonly chain: Promise<readonly Uint8Array[]>
  readonly order: SignatureOrder
  readonly surroundings: SignatureSurroundings
  /** @returns null when the document is not wanted any more */
  readonly original: (document: string) => Uint8Array | null
  readonly keep: (document: string, signed: Uint8Array) => void
  /** Where the batch stands now: somebody may cancel between two documents. */
  readonly now: () => Batch
  readonly tell: (event: BatchEvent) => void
}

/** One try of the PIN. Rejects only for a fault of ours, with the session ended. */
export async function runBatch(task: RunTask, { pin, acceptLastTry }: ConfirmAnswer): Promise<void> {
  const opened = await task.client.openSession(task.token, pin ?? 'pin-pad', { acceptLastTry })
  if (!opened.ok) {
    task.tell({ type: 'refused', code: opened.fault.code })
    return
  }
  try {
    await signAll(task, opened.value)
  } finally {
    await opened.value.end()
  }
}

async function signAll(task: RunTask, session: TokenSession): Promise<void> {
  const found = await certificateOn(session, task.certificate)
  if ('code' in found) {
    task.tell({ type: 'refused', code: found.code })
    return
  }
  const key = { certificate: found.der, chain: await task.chain, sign: session.sign.bind(session) }
  for (let document = nextDocument(task.now()); document !== null; document = nextDocument(task.now())) {
    task.tell({ type: 'started', document })
    const original = task.original(document)
    if (original === null) {
      task.tell({ type: 'failed', document, code: 'file-unreadable' })
      continue
    }
    const outcome = await signDocument(original, task.order, key, task.surroundings)
    if (!outcome.ok) {
      task.tell({ type: 'failed', document, code: outcome.code })
      continue
    }
    if (task.now().phase !== 'signing') return
    task.keep(document, outcome.bytes)
    task.tell({ type: 'signed', document, level: outcome.level, missing: missingOrNull(outcome.shortfall) })
  }
}

async function certificateOn(
  session: TokenSession,
  fingerprint: string,
): Promise<{ readonly der: Uint8Array } | { readonly code: SigningCode }> {
  const listed = await session.certificates()
  if (!listed.ok) return { code: listed.fault.code }
  const der = listed.value.find((each) => fingerprintOf(each.der) === fingerprint)?.der
  return der === undefined ? { code: 'certificate-not-found' } : { der }
}
