// The signed attributes of a SignerInfo against what is signed (RFC 5652 §5.3 and §11, RFC 6211).
import { readAlgorithm, sameAlgorithm, sameBytes } from './certificate.ts'
import type { Attribute, SignerInfo } from './cms-read.ts'
import type { CmsReason } from './cms-reasons.ts'
import {
  contextConstructed,
  FieldReader,
  orNull,
  readElement,
  readOid,
  readTime,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { ATTRIBUTE } from './oids.ts'

export interface AttributeVerdict {
  readonly reasons: readonly CmsReason[]
  /** ms since 1970; a claim. */
  readonly signingTime: number | null
}

/** Attributes with exactly one value that may stand once only, in their own definitions. */
const SINGLE: ReadonlySet<string> = new Set([
  ATTRIBUTE.contentType,
  ATTRIBUTE.messageDigest,
  ATTRIBUTE.signingTime,
  ATTRIBUTE.cmsAlgorithmProtection,
  ATTRIBUTE.signingCertificate,
  ATTRIBUTE.signingCertificateV2,
])

/**
 * @param contentType of the encapsulated content: the attribute must repeat it
 * @param digest of the content with the SignerInfo's algorithm; null where that is unknown, and nothing can be compared
 */
export function judgeAttributes(info: SignerInfo, contentType: string, digest: Uint8Array | null): AttributeVerdict {
  if (info.signedAttributes === null) return { reasons: [], signingTime: null }
  const { attributes } = info.signedAttributes
  const reasons: CmsReason[] = []
  const value = (oid: string): Uint8Array | undefined => attributes.find((one) => one.oid === oid)?.values[0]
  if (attributes.some((one) => isRepeated(one, attributes))) reasons.push('attribute-repeated')

  const read = <T>(oid: string, parse: (element: DerElement) => T): T | 'missing' | null => {
    const der = value(oid)
    if (der === undefined) return 'missing'
    const parsed = orNull(() => parse(readElement(der)))
    if (parsed === null) reasons.push('attribute-malformed')
    return parsed
  }

  const type = read(ATTRIBUTE.contentType, readOid)
  if (type === 'missing') reasons.push('content-type-missing')
  else if (type !== null && type !== contentType) reasons.push('content-type-mismatch')

  const signedDigest = read(ATTRIBUTE.messageDigest, ({ raw }) => readElement(raw, TAG.octetString).content)
  if (signedDigest === 'missing') reasons.push('message-digest-missing')
  else if (signedDigest !== null && digest !== null && !sameBytes(signedDigest, digest)) {
    reasons.push('message-digest-mismatch')
  }

  const protection = read(ATTRIBUTE.cmsAlgorithmProtection, (element) => protects(element, info))
  if (protection === false) reasons.push('algorithm-protection-mismatch')

  const time = read(ATTRIBUTE.signingTime, readTime)
  return { reasons, signingTime: typeof time === 'number' ? time : null }
}

function isRepeated(attribute: Attribute, all: readonly Attribute[]): boolean {
  if (!SINGLE.has(attribute.oid)) return false
  return attribute.values.length !== 1 || all.some((other) => other !== attribute && other.oid === attribute.oid)
}

/** CMSAlgorithmProtection: SEQUENCE { digest, [1] IMPLICIT signature, [2] IMPLICIT mac }; for signatures there is no mac (RFC 6211 §2). */
function protects(element: DerElement, info: SignerInfo): boolean {
  const fields = new FieldReader(element)
  const digest = readAlgorithm(fields.take(TAG.sequence))
  const signature = readAlgorithm({ ...fields.take(contextConstructed(1)), tag: TAG.sequence })
  fields.end()
  return sameAlgorithm(digest, info.digestAlgorithm) && sameAlgorithm(signature, info.signatureAlgorithm)
}
