// Our OCSP questions and OpenSSL's answers.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import type { HashName } from '../../shared/pki/crypto.ts'
import { answersFor, echoesNonce, responderCandidates, verifyOcspSignature } from '../../shared/pki/ocsp-match.ts'
import { ocspRequest } from '../../shared/pki/ocsp-request.ts'
import { parseOcspResponse } from '../../shared/pki/ocsp-response.ts'
import { answerOcsp } from '../signing/pki/ocsp-service.ts'
import type { LeafName } from '../signing/pki/profiles.ts'
import { testPki, type TestPki } from '../signing/pki/test-pki.ts'
import { mustRun, runTool } from '../signing/pki/tools.ts'
import { file, fileWith, newFolder } from './openssl-bench.ts'

let pki: TestPki
beforeAll(async () => {
  pki = await testPki()
})

describe('OCSP', () => {
  it.each<[string, HashName, LeafName, string]>([
    ['good', 'sha1', 'leader', 'good'],
    ['good by SHA-256', 'sha256', 'seal', 'good'],
    ['revoked', 'sha1', 'revoked', 'revoked'],
  ])('says %s to a question of ours, and openssl believes the answer', async (_, hash, name, kind) => {
    const target = parseCertificate(pki.leaves[name].der)!
    const issuer = parseCertificate(pki.authorities.intermediate.der)!
    const nonce = randomBytes(16)
    const request = ocspRequest(target, issuer, nonce, hash)
    const requestFile = await fileWith('q.ocsp', request)
    const printed = await mustRun('openssl', ['ocsp', '-reqin', requestFile, '-req_text', '-noverify'])
    expect(printed).toContain(`Hash Algorithm: ${hash}`)
    expect(printed).toContain('OCSP Nonce')

    const body = new Uint8Array((await answerOcsp(pki, 'intermediate', 'index', request, newFolder())).body)
    const response = parseOcspResponse(body)
    const basic = response?.basic
    if (response === null || basic === null || basic === undefined) throw new Error('no answer')
    expect(echoesNonce(basic, nonce)).toBe(true)
    const [answer, ...others] = answersFor(basic, target, issuer)
    expect(others).toEqual([])
    expect(answer?.status.kind).toBe(kind)
    if (answer?.status.kind === 'revoked') expect(answer.status.reason).toBe('keyCompromise')
    expect(answer?.nextUpdate).toBeGreaterThan(answer?.thisUpdate ?? Infinity)
    const [responder] = responderCandidates(basic, issuer)
    expect(responder?.raw).toEqual(pki.leaves.ocspResponder.der)
    expect(await verifyOcspSignature(basic, responder!, nodePkiCrypto)).toBe(true)
    expect(await verifyOcspSignature(basic, issuer, nodePkiCrypto)).toBe(false)

    const authority = ['-issuer', pki.intermediateFile, `-${hash}`, '-cert', pki.leaves[name].certificateFile]
    const verify = ['-respin', await fileWith('r.ocsp', body), '-CAfile', pki.rootFile, '-no_nonce']
    const verdict = await runTool('openssl', ['ocsp', ...verify, ...authority])
    expect(verdict.stderr).toContain('Response verify OK')
    expect(verdict.stdout).toContain(`: ${kind}`)
  })

  it('reads requests made by openssl as answered: the identifiers are the same', async () => {
    const output = file('q.ocsp')
    const args = [
      '-issuer',
      pki.intermediateFile,
      '-cert',
      pki.leaves.leader.certificateFile,
      '-no_nonce',
      '-reqout',
      output,
    ]
    await mustRun('openssl', ['ocsp', ...args])
    const target = parseCertificate(pki.leaves.leader.der)!
    const issuer = parseCertificate(pki.authorities.intermediate.der)!
    expect(new Uint8Array(await readFile(output))).toEqual(ocspRequest(target, issuer, null))
  })
})
