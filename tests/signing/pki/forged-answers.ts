// Timestamp and OCSP answers that are signed rightly and say something wrong: what a client must see through.
import { sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BIT_STRING, elementAt, elements, inside, OCTET_STRING, SEQUENCE, tlv } from './der-edit.ts'
import type { LeafName } from './profiles.ts'
import type { TestPki } from './test-pki.ts'
import { mustRun } from './tools.ts'

const INTEGER = 0x02
const NONCE_OID = Buffer.from('06092b0601050507300102', 'hex')

/** TimeStampReq (RFC 3161 §2.4.1) with another nonce, or with none. */
export function withOtherNonce(request: Uint8Array, nonce: 'other' | 'none'): Uint8Array {
  const [version, imprint, ...rest] = inside(request).map((part) => ({ ...part }))
  if (version === undefined || imprint === undefined) throw new Error('not a timestamp request')
  const kept = rest.filter((part) => part.tag !== INTEGER || nonce === 'other')
  const parts = kept.map((part) => (part.tag === INTEGER ? flipLast(part.whole) : part.whole))
  return tlv(SEQUENCE, version.whole, imprint.whole, ...parts)
}

/** TimeStampReq whose imprint is of other data. */
export function withOtherImprint(request: Uint8Array): Uint8Array {
  const [version, imprint, ...rest] = inside(request)
  if (version === undefined || imprint === undefined) throw new Error('not a timestamp request')
  return tlv(SEQUENCE, version.whole, flipLast(imprint.whole), ...rest.map((part) => part.whole))
}

/** TimeStampReq that asks for a policy which no test TSA has. */
export function withUnknownPolicy(request: Uint8Array): Uint8Array {
  const parts = inside(request).map((part) => part.whole)
  return tlv(SEQUENCE, ...parts.slice(0, 2), Buffer.from('06042a030463', 'hex'), ...parts.slice(2))
}

/**
 * Signs the TSTInfo of a genuine answer again with another genTime.
 * @param shiftMs added to the genuine time
 */
export async function withOtherTime(
  pki: TestPki,
  signer: LeafName,
  response: Uint8Array,
  shiftMs: number,
  work: string,
): Promise<Uint8Array> {
  const signedData = elementAt(inside(elementAt(inside(response), 1).whole), 1)
  const encapsulated = elementAt(inside(signedData.content), 2)
  const tstInfo = elementAt(
    elements(elementAt(elements(elementAt(elements(encapsulated.content), 1).content), 0).content),
    0,
  )
  const shifted = shiftTimes(tstInfo.whole, shiftMs)
  const [input, output] = [join(work, 'tst.der'), join(work, 'token.der')]
  await writeFile(input, shifted)
  const { certificateFile, keyFile } = pki.leaves[signer]
  const files = ['-in', input, '-out', output, '-outform', 'DER', '-signer', certificateFile, '-inkey', keyFile]
  const kind = ['-econtent_type', 'id-smime-ct-TSTInfo', '-binary', '-nodetach', '-nosmimecap', '-cades']
  await mustRun('openssl', ['cms', '-sign', ...kind, '-md', 'sha256', '-certfile', pki.intermediateFile, ...files])
  const granted = tlv(SEQUENCE, tlv(INTEGER, Uint8Array.of(0)))
  return tlv(SEQUENCE, granted, await readFile(output))
}

/** OCSPRequest (RFC 6960 §4.1.1) with another nonce, or without its extensions. */
export function ocspWithOtherNonce(request: Uint8Array, nonce: 'other' | 'none'): Uint8Array {
  const tbs = elementAt(inside(request), 0)
  const parts = elements(tbs.content).flatMap((part) => {
    if (part.tag !== 0xa2) return [part.whole]
    return nonce === 'none' ? [] : [flipLast(part.whole)]
  })
  return tlv(SEQUENCE, tlv(SEQUENCE, ...parts))
}

export function hasNonce(request: Uint8Array): boolean {
  return Buffer.from(request).includes(NONCE_OID)
}

/** Moves every time of an OCSP answer and signs it again. The signer's key is P-256, as openssl signed it with SHA-256. */
export function ocspAtOtherTime(pki: TestPki, signer: LeafName, response: Uint8Array, shiftMs: number): Uint8Array {
  const [status, bytes] = inside(response)
  if (status === undefined || bytes === undefined) throw new Error('an OCSP answer without a body')
  const [type, basic] = inside(bytes.content)
  if (type === undefined || basic === undefined) throw new Error('an OCSP answer without a body')
  const [tbs, algorithm, , ...certificates] = inside(basic.content)
  if (tbs === undefined || algorithm === undefined) throw new Error('not a BasicOCSPResponse')
  const moved = shiftTimes(tbs.whole, shiftMs)
  const signature = tlv(BIT_STRING, Uint8Array.of(0), sign('sha256', moved, pki.privateKey(signer)))
  const again = tlv(SEQUENCE, moved, algorithm.whole, signature, ...certificates.map((part) => part.whole))
  return tlv(SEQUENCE, status.whole, tlv(0xa0, tlv(SEQUENCE, type.whole, tlv(OCTET_STRING, again))))
}

/** Every GeneralizedTime with whole seconds, in place. */
function shiftTimes(der: Uint8Array, shiftMs: number): Uint8Array {
  const text = Buffer.from(der).toString('latin1')
  const moved = text.replaceAll(/\x18\x0f(\d{14})Z/g, (_all, digits: string) => {
    const iso = digits.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z')
    const time = new Date(Date.parse(iso) + shiftMs).toISOString()
    return `\x18\x0f${time.slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
  })
  return Buffer.from(moved, 'latin1')
}

function flipLast(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const last = copy.length - 1
  copy[last] = (copy[last] ?? 0) ^ 0x01
  return copy
}
