// Text strings of a PDF's dictionaries: UTF-16 with its mark, UTF-8 with its mark, or one byte a character (ISO 32000-2, 7.9.2.2).

/** Control characters, which no title may bring onto a screen; they become spaces. */
const CONTROL = /\p{Cc}/gu
/** Half a character: in Unicode mode the class matches no pair. */
const LONE_SURROGATE = /\p{Cs}/gu

/** Where PDFDocEncoding is not Latin-1 (ISO 32000-1, D.3): accents from 0x18, typographic signs from 0x80, the euro at 0xA0. */
const PDF_DOC_ENCODING = new Map([
  ...Array.from('˘ˇˆ˙˝˛˚˜', (sign, i) => [0x18 + i, sign] as const),
  ...Array.from('•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž', (sign, i) => [0x80 + i, sign] as const),
  [0xa0, '€'] as const,
])

/** Never throws: what is no text becomes U+FFFD, as in any decoder. */
export function decodeText(bytes: Uint8Array): string {
  return decode(bytes).replace(CONTROL, ' ')
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, 2, 1)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, 2, 0)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeUtf8(bytes.subarray(3))
  return Array.from(bytes, (byte) => PDF_DOC_ENCODING.get(byte) ?? String.fromCharCode(byte)).join('')
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
