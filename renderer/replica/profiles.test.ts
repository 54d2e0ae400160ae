// @vitest-environment node
// The data key opens with the person's password and no other, also typed on another keyboard.
import 'fake-indexeddb/auto'
import { argon2id } from '@noble/hashes/argon2.js'
import { describe, expect, it } from 'vitest'
import { newDataKey } from './cipher.ts'
import { DERIVATION, deriveKeyNow, type DeriveKey } from './key-derivation.ts'
import { openProfiles, unwrapDataKey, wrapDataKey, type Profile } from './profiles.ts'

const parameters = { memory: 64, passes: 1, lanes: 1 }
const derive: DeriveKey = (request) => Promise.resolve(deriveKeyNow(request))
const personId = crypto.randomUUID()

async function profileOf(dataKey: Uint8Array, password: string): Promise<Profile> {
  const wrapped = await wrapDataKey(dataKey, password, personId, derive, parameters)
  return { hub: 'hub:1', username: 'thuky', personId, lastUse: '2026-11-22T08:00:00.000Z', ...wrapped }
}

describe('the wrapped data key', () => {
  it('opens with the password, composed or decomposed, and with no other', async () => {
    const dataKey = newDataKey()
    const profile = await profileOf(dataKey, 'Mật khẩu của tôi')
    expect(await unwrapDataKey(profile, 'Mật khẩu của tôi'.normalize('NFD'), derive)).toEqual(dataKey)
    expect(await unwrapDataKey(profile, 'mật khẩu của tôi', derive)).toBeNull()
    expect(await unwrapDataKey({ ...profile, personId: crypto.randomUUID() }, 'Mật khẩu của tôi', derive)).toBeNull()
  })

  it('takes the parameters it was wrapped with, so that later ones may be stronger', async () => {
    const dataKey = newDataKey()
    const profile = await profileOf(dataKey, 'x')
    expect(profile.parameters).toEqual(parameters)
    expect(await unwrapDataKey({ ...profile, parameters: { ...parameters, passes: 2 } }, 'x', derive)).toBeNull()
    expect(DERIVATION.memory).toBeGreaterThanOrEqual(19 * 1024)
  })

  it('is derived as RFC 9106 says', () => {
    const salt = new Uint8Array(16).fill(7)
    const expected = argon2id('password', salt, { m: 64, t: 1, p: 1, dkLen: 32 })
    expect(deriveKeyNow({ password: 'password', salt, parameters })).toEqual(expected)
  })
})

it('lists the people of one hub, the last one first', async () => {
  const profiles = openProfiles()
  const profile = await profileOf(newDataKey(), 'x')
  await profiles.save(profile)
  await profiles.save({ ...profile, username: 'chutich', lastUse: '2026-11-22T09:00:00.000Z' })
  await profiles.save({ ...profile, hub: 'other:1' })
  expect((await profiles.list('hub:1')).map(({ username }) => username)).toEqual(['chutich', 'thuky'])
  await profiles.remove('hub:1', 'chutich')
  expect(await profiles.find('hub:1', 'chutich')).toBeNull()
  profiles.close()
})
