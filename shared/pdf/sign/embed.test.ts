// The CMS goes into its hole, and nothing else of the file moves.
import { describe, expect, test } from 'vitest'
import { pageFile, textOf } from '../write/sample-file.fixture.ts'
import {
  embedContents,
  prepareSignature,
  signedParts,
  type PreparedSignature,
  type SignatureRequest,
} from './prepare.ts'

const REQUEST: SignatureRequest = {
  kind: 'signature',
  field: { kind: 'new', name: 'ky', place: null },
  appearance: null,
  font: null,
  values: [],
  lock: null,
  certify: null,
  time: Date.UTC(2026, 10, 22, 12, 23, 10),
  name: null,
  reason: null,
  location: null,
  reserve: 100,
}

function prepare(bytes: Uint8Array): PreparedSignature {
  const prepared = prepareSignature(bytes, REQUEST)
  if ('fault' in prepared) throw new Error(prepared.fault)
  return prepared
}

describe('embedding the CMS', () => {
  test('writes it into the hole, in place, and leaves the rest zeros', () => {
    const prepared = prepare(pageFile())
    const [before, after] = signedParts(prepared).map((part) => part.slice())
    const bytes = embedContents(prepared, Uint8Array.of(0x30, 0x0a, 0xff))
    expect(bytes).toBe(prepared.bytes)
    const { contentsAt } = prepared
    expect(textOf(prepared.bytes.subarray(contentsAt - 1, contentsAt + 10))).toBe('<300aff0000')
    expect(signedParts(prepared)).toEqual([before, after])
  })

  test('is refused when the CMS is larger than the hole', () => {
    expect(embedContents(prepare(pageFile()), new Uint8Array(101))).toEqual({ fault: 'reserve-too-small' })
  })
})
