// When a path that fails says nothing against a signature, and when it does.
import { expect, test } from 'vitest'
import type { PathReasonCode, PathResult } from '../pki/path-types.ts'
import { isOnlyExpired, judgeTimestamp } from './time-proof.ts'
import { NO_EVIDENCE } from './evidence.ts'

const path = (...codes: readonly PathReasonCode[]): PathResult => ({
  status: codes.length > 0 ? 'invalid' : 'valid',
  chain: [],
  anchor: null,
  reasons: codes.map((code) => ({ code, index: 0 })),
  revocation: [],
})

test.each<[boolean, readonly PathReasonCode[]]>([
  [true, ['expired']],
  [true, ['expired', 'revocation-unknown']],
  [false, []],
  [false, ['revocation-unknown']],
  [false, ['expired', 'revoked']],
  [false, ['not-yet-valid']],
  [false, ['expired', 'key-usage']],
])('only run out: %s for %j', (expected, codes) => {
  expect(isOnlyExpired(path(...codes))).toBe(expected)
})

test('a token that cannot be read proves no time at all', async () => {
  const crypto = { digest: () => Promise.reject(new Error()), verify: () => Promise.reject(new Error()) }
  const trust = { anchors: [], evidence: NO_EVIDENCE, until: 0, crypto }
  expect(await judgeTimestamp({ reasons: ['not-cms'], token: null, signer: null }, 0, trust)).toBeNull()
})
