// Limits per person: bytes come back with time, places with the end of a request, and nobody pays for another.
import { describe, expect, it } from 'vitest'
import { refuse } from '../../shared/refusal.ts'
import { UPLOADS_AT_ONCE, UPLOAD_BYTES_PER_MINUTE, createUploadLimits } from './upload-limits.ts'

function begin(limits: ReturnType<typeof createUploadLimits>, person: string, bytes: number): () => void {
  const begun = limits.begin(person, bytes)
  if (!begun.ok) throw new Error(begun.code)
  return begun.value
}

describe('upload limits', () => {
  it('refuse more places than there are, and give each back once', () => {
    const limits = createUploadLimits(() => 0)
    const ends = Array.from({ length: UPLOADS_AT_ONCE }, () => begin(limits, 'lan', 1))
    expect(limits.begin('lan', 1)).toEqual(refuse('rate-limited'))
    expect(limits.begin('minh', 1).ok).toBe(true)
    ends[0]?.()
    ends[0]?.()
    begin(limits, 'lan', 1)
    expect(limits.begin('lan', 1)).toEqual(refuse('rate-limited'))
  })

  it('refuse more bytes than a minute has, and earn them back with time', () => {
    let now = 0
    const limits = createUploadLimits(() => now)
    begin(limits, 'lan', UPLOAD_BYTES_PER_MINUTE)()
    expect(limits.begin('lan', 1)).toEqual(refuse('rate-limited'))
    now = 30_000
    begin(limits, 'lan', UPLOAD_BYTES_PER_MINUTE / 2)()
    expect(limits.begin('lan', 1)).toEqual(refuse('rate-limited'))
    now = 10 * 60_000
    begin(limits, 'lan', UPLOAD_BYTES_PER_MINUTE)()
    expect(limits.begin('lan', 1)).toEqual(refuse('rate-limited'))
  })
})
