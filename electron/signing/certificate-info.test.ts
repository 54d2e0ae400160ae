// Why a certificate may not sign, at the dates around its validity. The certificate is our own, made by openssl for ten years.
import { describe, expect, test } from 'vitest'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeCertificate } from './certificate-info.ts'
import type { RawCertificate } from './protocol.ts'

const DAY = 24 * 60 * 60 * 1000

function selfSigned(extra: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'tra-my-certificate-'))
  try {
    const files = ['-keyout', join(folder, 'k'), '-out', join(folder, 'c'), '-outform', 'DER']
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    const subject = ['-subj', '/O=UBND xã Trà My/CN=Nguyễn Văn Ưởng', '-utf8', '-days', '365']
    execFileSync('openssl', ['req', '-x509', ...key, ...subject, ...files, ...extra], { stdio: 'ignore' })
    return Uint8Array.from(readFileSync(join(folder, 'c')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const der = selfSigned(['-addext', 'keyUsage=critical,nonRepudiation'])
const raw: RawCertificate = { der, label: 'ký', key: 'present' }
const { notBefore, notAfter } = describeCertificate(raw, Date.now()).info!

describe('a certificate', () => {
  test('that is valid and has its key can sign', () => {
    expect(describeCertificate(raw, notBefore + DAY)).toMatchObject({
      obstacles: [],
      expiresSoon: false,
      hasKey: 'yes',
    })
  })

  test('can sign in its last 30 days, and says that they are its last', () => {
    expect(describeCertificate(raw, notAfter - 29 * DAY)).toMatchObject({ obstacles: [], expiresSoon: true })
    expect(describeCertificate(raw, notAfter - 31 * DAY)).toMatchObject({ obstacles: [], expiresSoon: false })
  })

  test('cannot sign before its first and after its last second', () => {
    expect(describeCertificate(raw, notBefore - 1).obstacles).toEqual(['not-yet-valid'])
    expect(describeCertificate(raw, notAfter + 1)).toMatchObject({ obstacles: ['expired'], expiresSoon: false })
  })

  test.each([
    ['missing', 'no-private-key'],
    ['mismatch', 'key-mismatch'],
  ] as const)('whose key is %s cannot sign', (key, obstacle) => {
    expect(describeCertificate({ ...raw, key }, notBefore + DAY)).toMatchObject({ obstacles: [obstacle], hasKey: 'no' })
  })

  test('that may only encrypt cannot sign; one without keyUsage may do anything', () => {
    const encrypts = selfSigned(['-addext', 'keyUsage=critical,keyEncipherment'])
    expect(describeCertificate({ ...raw, der: encrypts }, Date.now() + DAY).obstacles).toEqual(['not-for-signing'])
    const plain = selfSigned([])
    expect(describeCertificate({ ...raw, der: plain }, Date.now() + DAY).obstacles).toEqual([])
  })

  test('that cannot be read is listed all the same, as unreadable', () => {
    expect(describeCertificate({ ...raw, der: der.subarray(0, 100) }, Date.now())).toMatchObject({
      info: null,
      obstacles: ['unreadable'],
    })
  })
})
