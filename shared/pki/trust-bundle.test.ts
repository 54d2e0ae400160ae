// The bundle of trust anchors: one pinned key vouches for it, and time only goes forward.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TestKey } from './cms.fixture.ts'
import { toBase64 } from '../text/base64.ts'
import { DAY, certificateDer, NOW } from './path.fixture.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'
import {
  bundleBytesToSign,
  MAX_BUNDLE_CHARACTERS,
  openTrustBundle,
  type BundleTerms,
  type SignedTrustBundle,
  type TrustBundleContent,
} from './trust-bundle.ts'

const platform = subtlePkiCrypto(crypto.subtle)

function newKey(): TestKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
  return {
    spki,
    algorithm: { kind: 'ecdsa', hash: 'sha256' },
    sign: (data) => new Uint8Array(sign('sha256', data, pair.privateKey)),
  }
}
const [publisher, stranger] = [newKey(), newKey()]
const ANCHOR = toBase64(certificateDer({ subject: 'CN=Root', key: newKey() }))
const iso = (ms: number) => new Date(ms).toISOString()

const CONTENT: TrustBundleContent = {
  version: 1,
  issuedAt: iso(NOW - DAY),
  validUntil: iso(NOW + DAY),
  anchors: [
    {
      certificate: ANCHOR,
      name: 'CA phục vụ cơ quan nhà nước',
      use: ['signing', 'timestamping'],
      validFrom: iso(NOW - 9 * DAY),
      validUntil: iso(NOW + 9 * DAY),
    },
    { certificate: ANCHOR, name: 'Dấu thời gian', use: ['timestamping'] },
  ],
  services: { tsa: ['http://tsa.example.vn/'] },
}

function signed(
  content: TrustBundleContent,
  key = publisher,
  part: Partial<SignedTrustBundle['signature']> = {},
): SignedTrustBundle {
  const certificate = toBase64(certificateDer({ subject: 'CN=Publisher', key }))
  const value = toBase64(key.sign(bundleBytesToSign(content)))
  return { ...content, signature: { certificate, algorithm: 'ecdsa-sha256', value, ...part } }
}
const open = (bundle: unknown, part: Partial<BundleTerms> = {}) =>
  openTrustBundle(
    typeof bundle === 'string' ? bundle : JSON.stringify(bundle),
    { pinnedKeys: [publisher.spki], at: NOW, newest: null, ...part },
    platform,
  )
const fault = async (bundle: unknown, part: Partial<BundleTerms> = {}) => {
  const opened = await open(bundle, part)
  return opened.ok ? null : opened.fault
}

describe('a bundle of trust anchors', () => {
  it('gives anchors with their uses and dates', async () => {
    const opened = await open(signed(CONTENT))
    expect(opened).toMatchObject({
      ok: true,
      bundle: {
        issuedAt: NOW - DAY,
        anchors: [
          { use: ['signing', 'timestamping'], validFrom: NOW - 9 * DAY, validUntil: NOW + 9 * DAY },
          { use: ['timestamping'] },
        ],
        content: CONTENT,
      },
    })
    expect(opened.ok && Object.keys(opened.bundle.anchors[1]!)).toEqual(['certificate', 'use'])
  })

  it('may be written in any order and with any white space: the canonical form is signed', async () => {
    const { signature, ...content } = signed(CONTENT)
    const reversed = Object.fromEntries(Object.entries({ ...content, signature }).toReversed())
    expect(await fault(JSON.stringify(reversed, null, 3))).toBeNull()
  })

  it('counts under any of the pinned keys, and under no other', async () => {
    expect(await fault(signed(CONTENT, stranger))).toBe('key-unknown')
    expect(await fault(signed(CONTENT, stranger), { pinnedKeys: [publisher.spki, stranger.spki] })).toBeNull()
    expect(await fault(signed(CONTENT), { pinnedKeys: [] })).toBe('key-unknown')
  })

  it('is refused after any change', async () => {
    const good = signed(CONTENT)
    expect(await fault({ ...good, validUntil: iso(NOW + 100 * DAY) })).toBe('signature-invalid')
    expect(await fault({ ...good, anchors: good.anchors.slice(1) })).toBe('signature-invalid')
    expect(await fault({ ...good, services: {} })).toBe('signature-invalid')
    expect(
      await fault(signed(CONTENT, publisher, { value: toBase64(stranger.sign(bundleBytesToSign(CONTENT))) })),
    ).toBe('signature-invalid')
  })

  it('is refused under an algorithm that is not that of the key', async () => {
    expect(await fault(signed(CONTENT, publisher, { algorithm: 'rsa-pkcs1-sha256' }))).toBe('signature-invalid')
    expect(await fault(signed(CONTENT, publisher, { algorithm: 'ecdsa-sha384' }))).toBe('signature-invalid')
  })

  it('is refused when it is older than one that was accepted, not when it is the same', async () => {
    expect(await fault(signed(CONTENT), { newest: NOW - DAY + 1 })).toBe('rollback')
    expect(await fault(signed(CONTENT), { newest: NOW - DAY })).toBeNull()
  })

  it('is refused before its time and after', async () => {
    expect(await fault(signed(CONTENT), { at: NOW - DAY - 1 })).toBe('issued-in-future')
    expect(await fault(signed(CONTENT), { at: NOW - DAY })).toBeNull()
    expect(await fault(signed(CONTENT), { at: NOW + DAY })).toBeNull()
    expect(await fault(signed(CONTENT), { at: NOW + DAY + 1 })).toBe('expired')
  })

  it('is refused with an anchor that is no certificate', async () => {
    const broken = { ...CONTENT, anchors: [{ certificate: 'AAAA', name: 'A', use: ['signing' as const] }] }
    expect(await fault(signed(broken))).toBe('anchor-unreadable')
    const padded = {
      ...CONTENT,
      anchors: [{ certificate: `${ANCHOR.slice(0, -4)}AB==`, name: 'A', use: ['signing' as const] }],
    }
    expect(await fault(signed(padded))).toBe('anchor-unreadable')
  })

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['another JSON', '[]'],
    ['a further field', { ...signed(CONTENT), more: 1 }],
    ['a further field of an anchor', { ...signed(CONTENT), anchors: [{ ...CONTENT.anchors[0], more: 1 }] }],
    ['another version', { ...signed(CONTENT), version: 2 }],
    ['no anchor', { ...signed(CONTENT), anchors: [] }],
    ['an anchor for nothing', { ...signed(CONTENT), anchors: [{ ...CONTENT.anchors[0], use: [] }] }],
    ['a service that is no web address', { ...signed(CONTENT), services: { tsa: ['file:///etc/passwd'] } }],
    ['a time with an offset', { ...signed(CONTENT), issuedAt: '2026-06-01T00:00:00+07:00' }],
    ['an unknown algorithm', signed(CONTENT, publisher, { algorithm: 'md5' as never })],
    ['a signer that is no certificate', signed(CONTENT, publisher, { certificate: 'AAAA' })],
    ['a signature that is no base64', signed(CONTENT, publisher, { value: 'AB==' })],
    ['more than any list has', ' '.repeat(MAX_BUNDLE_CHARACTERS + 1)],
  ])('is malformed with %s', async (_what, bundle) => {
    expect(await fault(bundle)).toBe('malformed')
  })
})
