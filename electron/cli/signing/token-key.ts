// The key on a token by the names a script knows: label of the token, and which of its certificates.
import type { SigningKey } from '../../signature/sign-document.ts'
import type { SigningClient } from '../../signing/client.ts'
import { done, fault, type SigningResult } from '../../signing/signing-fault.ts'

export interface WantedKey {
  /** Label of the token; two tokens of one label are refused rather than guessed between. */
  readonly label: string
  /** Serial number of the certificate, hexadecimal, or its label on the token; null: the only one that can sign. */
  readonly key: string | null
}

/** Opens one session, which is one try of the PIN, and ends it whatever happens. The PIN's bytes are zeroed. */
export async function withTokenKey<T>(
  client: SigningClient,
  wanted: WantedKey,
  pin: Uint8Array,
  work: (key: SigningKey) => Promise<T>,
): Promise<SigningResult<T>> {
  const here = (await client.tokens()).filter(({ id, sameAs }) => id.label === wanted.label && sameAs === null)
  const [token, other] = here
  if (token === undefined) return fault('token-absent')
  if (other !== undefined) return fault('token-ambiguous')
  const opened = await client.openSession(token.id, token.pinPad ? 'pin-pad' : pin)
  if (!opened.ok) return opened
  const session = opened.value
  try {
    const listed = await session.certificates()
    if (!listed.ok) return listed
    const named = listed.value.filter(
      ({ info, label }) =>
        wanted.key === null || info?.serialNumber === wanted.key.toLowerCase() || label === wanted.key,
    )
    const chosen = named.find(({ hasKey }) => hasKey === 'yes') ?? named[0]
    if (chosen === undefined) return fault('certificate-not-found')
    const chain = listed.value.filter(({ hasKey }) => hasKey === 'no').map(({ der }) => der)
    return done(await work({ certificate: chosen.der, chain, sign: (request) => session.sign(request) }))
  } finally {
    await session.end()
  }
}
