// Carries structured-clone values through a string pipe: a DevTools binding takes one string. Runs in Node and inside the page.

interface Tagged {
  readonly $: string
  readonly v?: unknown
}

/** @throws Electron's own words when a value cannot be cloned */
export function encode(value: unknown): string {
  return JSON.stringify(pack(value, new Set()))
}

export function decode(text: string): unknown {
  return unpack(JSON.parse(text))
}

function pack(value: unknown, open: Set<object>): unknown {
  if (value === undefined) return tag('undefined')
  if (typeof value === 'bigint') return tag('bigint', value.toString())
  if (typeof value === 'number' && !Number.isFinite(value)) return tag('number', String(value))
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.')
  if (value === null || typeof value !== 'object') return value
  if (open.has(value)) throw new Error('Cyclic values are not carried by the test host.')
  open.add(value)
  try {
    return packObject(value, open)
  } finally {
    open.delete(value)
  }
}

function packObject(value: object, open: Set<object>): unknown {
  if (value instanceof Date) return tag('date', value.getTime())
  if (value instanceof ArrayBuffer) return tag('buffer', toBase64(new Uint8Array(value)))
  if (ArrayBuffer.isView(value)) {
    return tag('bytes', toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)))
  }
  if (value instanceof Map)
    return tag(
      'map',
      Array.from(value, (entry) => pack(entry, open)),
    )
  if (value instanceof Set)
    return tag(
      'set',
      Array.from(value, (entry) => pack(entry, open)),
    )
  if (value instanceof Error) return tag('error', { name: value.name, message: value.message })
  if (Array.isArray(value)) return value.map((entry) => pack(entry, open))
  const plain = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, pack(entry, open)]))
  return '$' in plain ? tag('object', plain) : plain
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack)
  if (value === null || typeof value !== 'object') return value
  return '$' in value ? untag(value as Tagged) : mapValues(value)
}

function untag({ $, v }: Tagged): unknown {
  switch ($) {
    case 'undefined':
      return undefined
    case 'bigint':
      return BigInt(v as string)
    case 'number':
      return Number(v)
    case 'date':
      return new Date(v as number)
    case 'buffer':
      return fromBase64(v as string).buffer
    case 'bytes':
      return fromBase64(v as string)
    case 'map':
      return new Map((v as unknown[]).map((entry) => unpack(entry) as [unknown, unknown]))
    case 'set':
      return new Set((v as unknown[]).map(unpack))
    case 'error': {
      const { name, message } = v as { name: string; message: string }
      return Object.assign(new Error(message), { name })
    }
    case 'object':
      return mapValues(v as object)
    default:
      throw new Error(`unknown tag ${$}`)
  }
}

function tag($: string, v?: unknown): Tagged {
  return v === undefined ? { $ } : { $, v }
}

function mapValues(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpack(entry)]))
}

function toBase64(bytes: Uint8Array): string {
  if (typeof Buffer !== 'undefined') return Buffer.from(bytes).toString('base64')
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (typeof Buffer !== 'undefined') return Uint8Array.from(Buffer.from(text, 'base64'))
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
