// Evidence for a whole chain: OCSP first, lists next, kept ones before fetched ones, and a code for each source that failed.
import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { nodePkiCrypto } from '../../../../electron/pki/node-crypto.ts'
import { evidenceCache, NO_CACHE, type EvidenceCache } from '../../../../electron/revocation/evidence-cache.ts'
import { DIRECT_LINE } from '../../../../electron/revocation/http-types.ts'
import { collectRevocation } from '../../../../electron/revocation/revocation-client.ts'
import {
  CRL_LIMITS,
  OCSP_LIMITS,
  type RevocationOutcome,
  type RevocationSurroundings,
} from '../../../../electron/revocation/revocation-types.ts'
import { parseCertificate, type Certificate } from '../../../../shared/pki/certificate.ts'
import { parseCertificateList } from '../../../../shared/pki/crl.ts'
import { parseOcspResponse } from '../../../../shared/pki/ocsp-response.ts'
import type { LeafName } from '../profiles.ts'
import { testPki } from '../test-pki.ts'
import { processFolder } from '../tools.ts'
import { trustServices, type TrustServices } from '../trust-services.ts'

function certificate(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der)
  assert.ok(parsed)
  return parsed
}

async function chainOf(name: LeafName): Promise<readonly Certificate[]> {
  const { leaves, authorities } = await testPki()
  return [leaves[name].der, authorities.intermediate.der, authorities.root.der].map(certificate)
}

function surroundings(part: Partial<RevocationSurroundings> = {}): RevocationSurroundings {
  return { line: DIRECT_LINE, crypto: nodePkiCrypto, cache: NO_CACHE, now: () => Date.now(), ...part }
}

/** Status, source and failures of the first certificate: `good crl (ocsp stale)`. */
function told({ certificates }: RevocationOutcome): string {
  const [first] = certificates
  assert.ok(first)
  const failures = first.failures.map(({ source, code }) => `${source} ${code}`).join(', ')
  const kept = first.cached ? 'kept ' : ''
  return `${first.status} ${kept}${first.evidence?.source ?? 'nothing'}${failures === '' ? '' : ` (${failures})`}`
}

async function collected(
  prepare: (services: TrustServices) => void,
  part: Partial<RevocationSurroundings> = {},
  leaf: LeafName = 'leader',
): Promise<RevocationOutcome> {
  await using services = trustServices(await testPki())
  prepare(services)
  return await collectRevocation(await chainOf(leaf), surroundings(part))
}

describe('a chain', () => {
  test('is complete with an OCSP answer for each certificate below the anchor, ready for the archive', async () => {
    const outcome = await collected(() => undefined)
    assert.equal(outcome.complete, true)
    assert.deepEqual(
      outcome.certificates.map(({ status, evidence }) => [status, evidence?.source]),
      [
        ['good', 'ocsp'],
        ['good', 'ocsp'],
        ['not-needed', undefined],
      ],
    )
    assert.equal(outcome.ocsps.length, 2)
    assert.ok(outcome.ocsps.every((der) => parseOcspResponse(der)?.basic))
    assert.deepEqual(outcome.crls, [])
  })

  test('falls back to lists where responders fail', async () => {
    const outcome = await collected((services) => {
      services.ocsp.transport = 'http-500'
    })
    assert.equal(outcome.complete, true)
    assert.deepEqual(outcome.ocsps, [])
    assert.equal(outcome.crls.length, 2)
    assert.ok(outcome.crls.every((der) => parseCertificateList(der)))
  })

  test('is incomplete without a line, and says so in the time of one try per address', async () => {
    const services = trustServices(await testPki())
    await services[Symbol.asyncDispose]()
    const outcome = await collectRevocation(await chainOf('leader'), surroundings())
    assert.equal(outcome.complete, false)
    assert.ok(outcome.certificates[0]?.failures.every(({ code }) => code === 'refused' || code === 'unreachable'))
  })

  test('with a revoked certificate is not complete, whatever source says it', async () => {
    const byOcsp = await collected(() => undefined, {}, 'revoked')
    assert.deepEqual([byOcsp.complete, told(byOcsp)], [false, 'revoked ocsp'])
    const byList = await collected((services) => (services.ocsp.transport = 'http-500'), {}, 'revoked')
    assert.deepEqual([byList.complete, told(byList)], [false, 'revoked crl (ocsp refused)'])
    assert.ok((byList.certificates[0]?.evidence?.revokedAt ?? 0) > 0)
  })

  test('includes a responder that its issuer did not exempt: the list must say that it is good', async () => {
    const right = await collected((services) => (services.ocsp.answer = 'unexempt-signer'))
    assert.equal(right.complete, true)
    assert.deepEqual(
      right.certificates.map(({ status, evidence }) => [status, evidence?.source]),
      [
        ['good', 'ocsp'],
        ['good', 'ocsp'],
        ['not-needed', undefined],
        ['good', 'crl'],
      ],
    )
    const unsaid = await collected((services) => {
      services.ocsp.answer = 'unexempt-signer'
      services.crl.transport = 'http-404'
    })
    assert.deepEqual([unsaid.complete, unsaid.certificates.at(-1)?.status], [false, 'unknown'])
  })

  test('a configured responder is asked before the one in the certificate', async () => {
    const { listener } = await testPki()
    await using services = trustServices(await testPki())
    const ocspUrls = [`${listener.baseUrl}/nobody`]
    const outcome = await collectRevocation(await chainOf('leader'), surroundings({ ocspUrls }))
    assert.equal(told(outcome), 'good ocsp (ocsp refused)')
    assert.equal(services.requests[0]?.path, '/nobody')
  })
})

describe('an OCSP responder that fails leads to the list, with its code', () => {
  test.each<[string, Partial<TrustServices['ocsp']>]>([
    ['ocsp refused', { transport: 'http-500' }],
    ['ocsp refused', { transport: 'close' }],
    ['ocsp refused', { transport: 'truncated' }],
    ['ocsp refused', { transport: 'redirect-loop' }],
    ['ocsp refused', { transport: 'redirect-to-file' }],
    ['ocsp too-big', { transport: 'huge' }],
    ['ocsp too-big', { transport: 'huge-declared' }],
    ['ocsp malformed', { transport: 'wrong-content-type' }],
    ['ocsp malformed', { transport: 'garbage' }],
    ['ocsp malformed', { transport: 'empty' }],
    ['ocsp slow', { delayMs: 2_000 }],
    ['ocsp slow', { transport: 'drip' }],
    ['ocsp no-answer', { answer: 'try-later' }],
    ['ocsp wrong-nonce', { answer: 'wrong-nonce' }],
    ['ocsp stale', { answer: 'stale' }],
    ['ocsp future', { answer: 'future' }],
    ['ocsp unknown', { answer: 'unknown' }],
    ['ocsp untrusted', { answer: 'wrong-signer' }],
  ])('%s: %o', async (code, switches) => {
    const outcome = await collected((services) => Object.assign(services.ocsp, switches), {
      limits: { ...OCSP_LIMITS, totalMs: 400 },
    })
    assert.equal(told(outcome), `good crl (${code})`)
  })

  test.each<[string, Partial<TrustServices['ocsp']>]>([
    ['without a nonce', { answer: 'no-nonce' }],
    ['without an end', { answer: 'without-next-update' }],
    ['after a redirection', { transport: 'redirect-once' }],
  ])('an answer %s is taken', async (_title, switches) => {
    assert.equal(told(await collected((services) => Object.assign(services.ocsp, switches))), 'good ocsp')
  })

  test('an answer about another certificate of the same issuer is none', async () => {
    const pki = await testPki()
    const { judgeOcsp, askOcsp } = await import('../../../../electron/revocation/ocsp-evidence.ts')
    await using _services = trustServices(pki)
    const [leader, issuer] = await chainOf('leader')
    const [seal] = await chainOf('seal')
    assert.ok(leader && seal && issuer)
    const question = { target: leader, issuer, now: Date.now(), crypto: nodePkiCrypto }
    const url = `${pki.listener.baseUrl}/ocsp/intermediate`
    const evidence = await askOcsp(url, question, OCSP_LIMITS, DIRECT_LINE)
    assert.ok(typeof evidence === 'object')
    assert.equal(await judgeOcsp(evidence.raw, { ...question, target: seal }, null), 'not-about-it')
    const inTwoHours = question.now + 2 * 3_600_000
    assert.equal(await judgeOcsp(evidence.raw, { ...question, now: inTwoHours }, null), 'stale')
  })
})

describe('a list that fails leaves the status unknown, with its code', () => {
  test.each<[string, Partial<TrustServices['crl']>]>([
    ['crl refused', { transport: 'http-404' }],
    ['crl refused', { transport: 'close' }],
    ['crl refused', { transport: 'truncated' }],
    ['crl too-big', { transport: 'huge' }],
    ['crl malformed', { transport: 'garbage' }],
    ['crl malformed', { transport: 'empty' }],
    ['crl slow', { delayMs: 2_000 }],
    ['crl stale', { answer: 'stale' }],
    ['crl not-about-it', { answer: 'of-stranger' }],
  ])('%s: %o', async (code, switches) => {
    const outcome = await collected(
      (services) => {
        services.ocsp.answer = 'unknown'
        Object.assign(services.crl, switches)
      },
      { limits: { ...CRL_LIMITS, totalMs: 400, maxBytes: 100_000 } },
    )
    assert.equal(told(outcome), `unknown nothing (ocsp unknown, ${code})`)
    assert.equal(outcome.complete, false)
  })

  test.each<[string, Partial<TrustServices['crl']>]>([
    ['in PEM', { answer: 'pem' }],
    ['under another type', { transport: 'wrong-content-type' }],
  ])('a list %s is taken', async (_title, switches) => {
    const outcome = await collected((services) => {
      services.ocsp.transport = 'http-500'
      Object.assign(services.crl, switches)
    })
    assert.equal(told(outcome), 'good crl (ocsp refused)')
  })

  test('a list with the right name and a wrong signature is not believed', async () => {
    const { judgeCrl } = await import('../../../../electron/revocation/crl-evidence.ts')
    const [target, issuer] = await chainOf('leader')
    assert.ok(target && issuer)
    const der = Uint8Array.from(await (await testPki()).crl('intermediate'))
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
    const question = { target, issuer, now: Date.now(), crypto: nodePkiCrypto }
    assert.equal(await judgeCrl(der, question), 'untrusted')
    assert.equal(await judgeCrl(der, { ...question, now: Date.now() - 86_400_000 }), 'future')
  })
})

describe('what is kept', () => {
  const fresh = (): { cache: EvidenceCache; folder: string } => {
    const folder = join(processFolder('evidence'), 'deeper')
    return { cache: evidenceCache(folder), folder }
  }

  test('answers without a line, until it runs out', async () => {
    const { cache } = fresh()
    await collected(() => undefined, { cache })
    await collected((services) => (services.ocsp.transport = 'close'), { cache })
    const chain = await chainOf('leader')
    const without = await collectRevocation(chain, surroundings({ cache }))
    assert.deepEqual([without.complete, told(without)], [true, 'good kept ocsp'])
    const tomorrow = Date.now() + 86_400_000
    const later = await collectRevocation(chain, surroundings({ cache, now: () => tomorrow }))
    assert.equal(later.complete, false)
  })

  test('a list serves every certificate of its issuer', async () => {
    const { cache } = fresh()
    const noOcsp = (services: TrustServices) => (services.ocsp.transport = 'http-500')
    await collected(noOcsp, { cache })
    assert.match(told(await collected(noOcsp, { cache }, 'seal')), /^good kept crl/)
    assert.match(told(await collected(noOcsp, { cache }, 'revoked')), /^revoked kept crl/)
  })

  test('from before a given time is asked for again', async () => {
    const { cache } = fresh()
    await collected(() => undefined, { cache })
    const since = Date.now() + 60_000
    assert.equal(told(await collected(() => undefined, { cache, since })), 'good ocsp')
  })

  test('is judged anew: whoever can write the folder cannot make a certificate good', async () => {
    const { cache, folder } = fresh()
    const outcome = await collected(() => undefined, { cache })
    const other = outcome.ocsps[1]
    assert.ok(other)
    const expiry = Date.now() + 3_600_000
    for (const name of await readdir(folder)) {
      await writeFile(join(folder, name), other)
      const { utimes } = await import('node:fs/promises')
      await utimes(join(folder, name), expiry / 1000, expiry / 1000)
    }
    assert.equal(told(await collected(() => undefined, { cache })), 'good ocsp')
  })
})
