// The character strings of certificates as text (X.680 §41, RFC 5280 §4.1.2.4): UTF-8 checked byte by byte, everything in NFC.
import { DerFault, TAG, type DerElement } from './der-reader.ts'

/** Longest text that is looked at: a name in a certificate has at most some hundred characters. */
const MAX_TEXT_BYTES = 4096

/** The text of a DirectoryString or IA5String in NFC. @throws DerFault for another tag and for bytes that are not of that string type */
export function readText(element: DerElement): string {
  if (element.content.length > MAX_TEXT_BYTES) throw new DerFault('long text')
  return decode(element.tag, element.content).normalize('NFC')
}

function decode(tag: number, bytes: Uint8Array): string {
  switch (tag) {
    case TAG.utf8String:
      return decodeUtf8(bytes)
    case TAG.printableString:
    case TAG.ia5String:
      return decodeAscii(bytes)
    case TAG.teletexString:
      // T.61 was never implemented as written; CAs put Latin-1 there (as every reader of certificates assumes).
      return fromUnits(bytes, 1)
    case TAG.bmpString:
      return fromUnits(bytes, 2)
    case TAG.universalString:
      return fromUnits(bytes, 4)
    default:
      throw new DerFault('not a string')
  }
}

export function decodeAscii(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new DerFault('not ASCII')
  return fromUnits(bytes, 1)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // The language without its surroundings decodes UTF-8 only through percent escapes; it refuses overlong and half forms.
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    throw new DerFault('not UTF-8')
  }
}

/** Big-endian code units of `size` bytes, each a code point of its own. */
function fromUnits(bytes: Uint8Array, size: 1 | 2 | 4): string {
  if (bytes.length % size !== 0) throw new DerFault('half a character')
  let text = ''
  for (let at = 0; at < bytes.length; at += size) {
    const code = bytes.subarray(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0)
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new DerFault('no character')
    text += String.fromCodePoint(code)
  }
  return text
}
