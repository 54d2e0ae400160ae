// Text strings of a PDF's dictionaries: UTF-16 with its mark, UTF-8 with its mark, or one byte a character (ISO 32000-2, 7.9.2.2).

/** Control characters, which no title may bring onto a screen; they become spaces. */
const CONTROL = /\p{Cc}/gu
/** Half a character: in Unicode mode the class matches no pair. */
const LONE_SURROGATE = /\p{Cs}/gu

/** Never throws: what is no text becomes U+FFFD, as in any decoder. */
export function decodeText(bytes: Uint8Array): string {
  return decode(bytes).replace(CONTROL, ' ')
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, 2, 1)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, 2, 0)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeUtf8(bytes.subarray(3))
  // PDFDocEncoding is Latin-1 but for typographic signs in 0x80–0x9F, which no Vietnamese title needs.
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function decodeUtf16(bytes: Uint8Array, from: number, lowByte: 0 | 1): string {
  let text = ''
  for (let i = from; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode(((bytes[i + 1 - lowByte] ?? 0) << 8) | (bytes[i + lowByte] ?? 0))
  }
  return text.replace(LONE_SURROGATE, '\uFFFD')
}

function decodeUtf8(bytes: Uint8Array): string {
  // The language without its surroundings decodes UTF-8 only through percent escapes.
  try {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return '\uFFFD'
  }
}
