// @vitest-environment node
// Sealed rows open only under their key, in their place, unchanged; and nothing readable is left in the database.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCipher, newDataKey } from './cipher.ts'

const SEED = 20261122

it('opens what it sealed, whatever it is', async () => {
  const cipher = await createCipher(newDataKey())
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.string(), async (bytes, place) => {
      const sealed = await cipher.seal(bytes, place)
      expect(await cipher.open(sealed, place)).toEqual(new Uint8Array(bytes))
      expect(sealed.length).toBe(bytes.length + 29)
    }),
    { seed: SEED, numRuns: 50 },
  )
})

it('opens nothing that was changed, cut, moved to another place, or sealed under another key', async () => {
  const cipher = await createCipher(newDataKey())
  const other = await createCipher(newDataKey())
  const sealed = await cipher.seal(new TextEncoder().encode('tán thành'), 'outbox/1')
  for (let i = 0; i < sealed.length; i += 1) {
    const changed = sealed.slice()
    changed[i] = (changed[i] ?? 0) ^ 1
    expect(await cipher.open(changed, 'outbox/1')).toBeNull()
    expect(await cipher.open(sealed.subarray(0, i), 'outbox/1')).toBeNull()
  }
  expect(await cipher.open(sealed, 'outbox/2')).toBeNull()
  expect(await other.open(sealed, 'outbox/1')).toBeNull()
  expect(new TextDecoder().decode((await cipher.open(sealed, 'outbox/1')) ?? new Uint8Array())).toBe('tán thành')
})

it('seals the same text differently each time', async () => {
  const cipher = await createCipher(newDataKey())
  const [a, b] = await Promise.all([cipher.sealJson(1, 'x'), cipher.sealJson(1, 'x')])
  expect(a).not.toEqual(b)
})
