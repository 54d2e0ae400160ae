// Logging in with a signing device: the hub gives a challenge, the token signs it, and the administrator's binding says who that is.
import { webcrypto } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { api, type ApiRequest, type ApiResponse } from '../../shared/hub/api.ts'
import { loginStatement } from '../../shared/hub/certificate-login.ts'
import { bindingOf, certificateOf, fingerprintOf } from '../../shared/org/certificates.ts'
import { subtlePkiCrypto } from '../../shared/pki/subtle-crypto.ts'
import { fromBase64 } from '../../shared/text/base64.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import { sendResult } from '../http/answer.ts'
import { beginSession, type SessionDeps } from './begin-session.ts'
import { Challenges } from './challenges.ts'

export interface CertificateLoginDeps extends SessionDeps {
  readonly clock: Clock
}

const pkiCrypto = subtlePkiCrypto(webcrypto.subtle)

export function registerCertificateLogin(app: FastifyInstance, deps: CertificateLoginDeps): void {
  const challenges = new Challenges(deps.clock)
  app.post(api.loginChallenge.path, async (_request, reply) => {
    const issued = challenges.issue()
    return await sendResult(reply, issued === null ? refuse('rate-limited') : ok(issued))
  })
  app.post(api.loginWithCertificate.path, async (request, reply) => {
    const parsed = api.loginWithCertificate.request.safeParse(request.body)
    if (!parsed.success) return await sendResult(reply, refuse('malformed'))
    // Used up before anything else: a signature is good for one try, whatever comes of it.
    if (!challenges.take(parsed.data.challenge)) return await sendResult(reply, refuse('challenge-expired'))
    return await sendResult(reply, await login(deps, parsed.data, request.host))
  })
}

/** The binding is the trust decision here: no chain is built. What is left is that the certificate has not run out and its key signed. */
async function login(
  deps: CertificateLoginDeps,
  asked: ApiRequest<'loginWithCertificate'>,
  host: string,
): Promise<Result<ApiResponse<'loginWithCertificate'>>> {
  const org = deps.org()
  const bound = bindingOf(org, fingerprintOf(asked.certificate))
  const certificate = certificateOf(asked.certificate)
  const signature = fromBase64(asked.signature)
  // Whoever is not bound makes the hub verify nothing.
  if (bound === null || certificate === null) return refuse('certificate-not-bound')
  const now = deps.clock.now()
  if (now < certificate.notBefore || now > certificate.notAfter) return refuse('certificate-expired')
  const data = loginStatement({ host, challenge: asked.challenge, deviceId: asked.device.id })
  const { algorithm } = asked
  if (signature === null || !(await pkiCrypto.verify({ algorithm, spki: certificate.spki, signature, data })))
    return refuse('signature-wrong')
  const account = org.accounts[bound.personId]
  if (account?.ended !== false) return refuse('account-ended')
  const begun = await beginSession(deps, bound.personId, asked.device.id)
  return begun.ok ? ok({ ...begun.value, username: account.username }) : begun
}
