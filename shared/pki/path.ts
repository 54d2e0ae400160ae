// Path validation (RFC 5280 §6): is there a chain from a certificate to a trust anchor against which nothing speaks?
import { algorithmFault, DEFAULT_ALGORITHMS, type AlgorithmPolicy } from './algorithm-policy.ts'
import { signatureAlgorithmOf } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import type { PkiCrypto } from './crypto.ts'
import { searchChains, type CandidateChain, type Linked } from './path-build.ts'
import { chainReasons } from './path-checks.ts'
import { revocationOf, type RevocationTools, type SignedBytes } from './path-revocation.ts'
import type {
  PathPurpose,
  PathReason,
  PathReasonCode,
  PathRequest,
  PathResult,
  RevocationEvidence,
  TrustAnchor,
} from './path-types.ts'
import { budgetedVerify, type BudgetedVerify } from './verify-budget.ts'
import { lacksParameters, linksOf } from './working-key.ts'

export type * from './path-types.ts'

/** Chains that are judged to the end before we give up: with changes of keys and cross-certificates there are some four. */
const MAX_CHAINS = 24
/** A signer of a list whose own status hangs on a list of another signer, and so on: one step is usual, two are rare. */
const MAX_DEPTH = 4

/** What more evidence could still mend. */
const OPEN: ReadonlySet<PathReasonCode> = new Set<PathReasonCode>(['no-chain', 'too-complex', 'revocation-unknown'])

/**
 * Judges `request.target` at `request.at`. Candidate chains are tried until one is valid; otherwise the answer is about the
 * one that came closest. A target that any authentic evidence calls revoked is invalid, whatever other chains there are.
 */
export async function validatePath(request: PathRequest, crypto: PkiCrypto): Promise<PathResult> {
  return judge(request, budgetedVerify(crypto), [])
}

async function judge(
  request: PathRequest,
  budget: BudgetedVerify,
  pending: readonly Certificate[],
): Promise<PathResult> {
  const policy = request.algorithms ?? DEFAULT_ALGORITHMS
  const { target, candidates, anchors } = request
  const found: PathResult[] = []

  const search = searchChains(target, candidates, anchors, linkedBy(budget))
  for await (const chain of search.chains) {
    const result = await judgeChain(chain, request, policy, budget, pending)
    if (result.status === 'valid' || isTargetRevoked(result)) return result
    found.push(result)
    if (found.length === MAX_CHAINS) break
  }
  const cut = search.cut() || budget.spent() || found.length === MAX_CHAINS
  if (found.length === 0 && !cut) {
    // Nobody's key fits: a chain by names alone shows where it breaks.
    const byName = await searchChains(target, candidates, anchors, () => Promise.resolve(true)).chains.next()
    if (byName.done !== true) return judgeChain(byName.value, request, policy, budget, pending)
  }
  const closest = found.toSorted(compareResults)[0] ?? noChain(target)
  return cut ? withReason(closest, { code: 'too-complex', index: null }) : closest
}

function noChain(target: Certificate): PathResult {
  const reasons: readonly PathReason[] = [{ code: 'no-chain', index: null }]
  return { status: 'indeterminate', chain: [target], anchor: null, reasons, revocation: [] }
}

function withReason(result: PathResult, reason: PathReason): PathResult {
  // Where the search was cut short, a valid chain may lie in what was not looked at.
  return { ...result, status: 'indeterminate', reasons: [...result.reasons, reason] }
}

function isTargetRevoked({ reasons }: PathResult): boolean {
  return reasons.some(({ code, index }) => code === 'revoked' && index === 0)
}

/** What more evidence could mend comes before what it could not, and fewer reasons before more. */
function compareResults(one: PathResult, other: PathResult): number {
  const rank = ({ status }: PathResult): number => (status === 'indeterminate' ? 0 : 1)
  return rank(one) - rank(other) || one.reasons.length - other.reasons.length
}

/** By signature where that can be told before the chain is complete; inherited parameters and unknown algorithms cannot. */
function linkedBy({ verify }: BudgetedVerify): Linked {
  return async (certificate, issuer) => {
    const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm)
    if (algorithm === null || lacksParameters(issuer)) return true
    return verify({ algorithm, spki: issuer.spki, signature: certificate.signature, data: certificate.tbs })
  }
}

async function judgeChain(
  chain: CandidateChain,
  request: PathRequest,
  policy: AlgorithmPolicy,
  budget: BudgetedVerify,
  pending: readonly Certificate[],
): Promise<PathResult> {
  const { anchor } = chain
  const links = linksOf(chain)
  const signed = (signature: SignedBytes, key: Uint8Array): Promise<PathReasonCode | null> =>
    signatureFault(signature, key, policy, budget)

  const signatures: PathReason[] = []
  for (const [index, { certificate, issuerKey }] of links.entries()) {
    const code = await signed({ ...certificate, data: certificate.tbs }, issuerKey)
    if (code !== null) signatures.push({ code, index })
  }
  const reasons = [...signatures, ...chainReasons(chain, request)]
  const revocation: RevocationEvidence[] = []
  // What is said about certificates whose signatures are wrong is about someone else.
  if (request.revocation !== 'off' && signatures.length === 0) {
    const judgeSigner: RevocationTools['judge'] = async (target, purpose, at, more) => {
      if (pending.length >= MAX_DEPTH) return null
      const inner = signerRequest(request, target, purpose, at, more, anchor)
      return judge(inner, budget, [...pending, target])
    }
    const answer = await revocationOf({ links, request, pending }, { signed, judge: judgeSigner })
    reasons.push(...answer.reasons)
    revocation.push(...answer.evidence)
  }
  return { status: statusOf(reasons), chain: [...chain.certificates, anchor.certificate], anchor, reasons, revocation }
}

/** The same question about whoever signed evidence: to the same anchor, at the time of the evidence, without the user's policies. */
function signerRequest(
  request: PathRequest,
  target: Certificate,
  purpose: PathPurpose,
  at: number,
  more: readonly Certificate[],
  anchor: TrustAnchor,
): PathRequest {
  const { policies: _policies, ...rest } = request
  const candidates = [...request.candidates, ...more]
  const evidenceUntil = Math.max(at, request.evidenceUntil ?? request.at)
  return { ...rest, target, purpose, at, candidates, anchors: [anchor], evidenceUntil }
}

async function signatureFault(
  { signatureAlgorithm, signature, data }: SignedBytes,
  spki: Uint8Array,
  policy: AlgorithmPolicy,
  { verify }: BudgetedVerify,
): Promise<PathReasonCode | null> {
  const algorithm = signatureAlgorithmOf(signatureAlgorithm)
  const fault = algorithmFault(signatureAlgorithm, spki, policy)
  if (fault !== null || algorithm === null) return fault
  return (await verify({ algorithm, spki, signature, data })) ? null : 'signature-invalid'
}

function statusOf(reasons: readonly PathReason[]): PathResult['status'] {
  if (reasons.length === 0) return 'valid'
  return reasons.every(({ code }) => OPEN.has(code)) ? 'indeterminate' : 'invalid'
}
