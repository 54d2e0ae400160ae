// GeneralName (RFC 5280 §4.2.1.6): the kinds of names that constraints, alternative names and distribution points are written in.
import { decodeAscii } from './asn1-strings.ts'
import {
  children,
  contextConstructed,
  contextPrimitive,
  DerFault,
  readElement,
  readOid,
  TAG,
  type DerElement,
} from './der-reader.ts'
import { readName, type DistinguishedName } from './names.ts'

export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  /** 4 or 16 bytes; in constraints twice as many, the second half being the mask. */
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  | { readonly kind: 'registered-id'; readonly oid: string }
  | { readonly kind: 'other' | 'x400' | 'edi'; readonly raw: Uint8Array }

/** Names in one list; certificates for web servers reach some hundred. */
const MAX_NAMES = 1024

/** @throws DerFault */
export function readGeneralName(element: DerElement): GeneralName {
  switch (element.tag) {
    case contextConstructed(0):
      return { kind: 'other', raw: element.raw }
    case contextPrimitive(1):
      return { kind: 'email', text: decodeAscii(element.content) }
    case contextPrimitive(2):
      return { kind: 'dns', text: decodeAscii(element.content) }
    case contextConstructed(3):
      return { kind: 'x400', raw: element.raw }
    case contextConstructed(4):
      // A CHOICE is never implicit: the tag wraps the whole name.
      return { kind: 'directory', name: readName(readElement(element.content)) }
    case contextConstructed(5):
      return { kind: 'edi', raw: element.raw }
    case contextPrimitive(6):
      return { kind: 'uri', text: decodeAscii(element.content) }
    case contextPrimitive(7):
      return { kind: 'ip', bytes: element.content }
    case contextPrimitive(8):
      return { kind: 'registered-id', oid: readOid({ ...element, tag: TAG.oid }) }
    default:
      throw new DerFault('general name')
  }
}

/** The names inside a SEQUENCE OF GeneralName or an implicitly tagged one; at least one. @throws DerFault */
export function readGeneralNames(element: DerElement): readonly GeneralName[] {
  const elements = children(element)
  if (elements.length === 0 || elements.length > MAX_NAMES) throw new DerFault('general names')
  return elements.map(readGeneralName)
}

/** The directory names of a list. */
export function directoryNames(names: readonly GeneralName[]): readonly DistinguishedName[] {
  return names.flatMap((name) => (name.kind === 'directory' ? [name.name] : []))
}

/** The `http:` and `https:` addresses of a list; others cannot be fetched. */
export function webAddresses(names: readonly GeneralName[]): readonly string[] {
  return names.flatMap((name) => (name.kind === 'uri' && /^https?:\/\//i.test(name.text) ? [name.text] : []))
}
