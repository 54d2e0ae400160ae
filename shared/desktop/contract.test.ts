// The contract takes what is meant and nothing else: strict both ways, bounded.
import { expect, test } from 'vitest'
import { BRIDGE_CHANNELS, isBridgeChannel } from './bridge.ts'
import { BRIDGE_LIMITS, bridgeContract, hubUrlSchema } from './contract.ts'

test('every channel has its entry, and no entry is without a channel', () => {
  expect(Object.keys(bridgeContract).sort()).toEqual([...BRIDGE_CHANNELS].sort())
  expect(isBridgeChannel('toString')).toBe(false)
})

test.each(BRIDGE_CHANNELS)('%s refuses keys it does not know, in and out', (channel) => {
  const { request, response } = bridgeContract[channel]
  for (const schema of [request, response]) {
    // A choice is refused as a whole before its own keys are looked at.
    for (const shape of 'options' in schema ? schema.options : [schema]) {
      const issues = shape.safeParse({ surplus: 1 }).error?.issues ?? []
      expect(issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true)
    }
  }
})

test('limits are inclusive', () => {
  const { 'vault.write': write, 'file.save': save } = bridgeContract
  expect(write.request.safeParse({ value: 'x'.repeat(BRIDGE_LIMITS.vaultChars) }).success).toBe(true)
  expect(write.request.safeParse({ value: 'x'.repeat(BRIDGE_LIMITS.vaultChars + 1) }).success).toBe(false)
  expect(save.request.safeParse({ name: 'a', bytes: new Uint8Array(0) }).success).toBe(true)
})

test.each([
  ['http://127.0.0.1:4680', true],
  ['https://tra-my.example', true],
  ['file:///etc', false],
  ['ws://127.0.0.1', false],
  ['https://user:secret@tra-my.example', false],
  ['tra-my.example', false],
])('a hub at %s: %s', (url, taken) => {
  expect(hubUrlSchema.safeParse(url).success).toBe(taken)
})
