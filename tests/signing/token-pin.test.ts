// The PIN: never tried twice, refused before a try where a try would be lost, on PIN pads, and nowhere to be read afterwards.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { shimBench, type ShimBench } from './shim/shim-bench.ts'
import { faultCode, pinBytes, tokenNamed, valueOf } from './shim/signing-support.ts'

const WRONG = '999999'

let bench: ShimBench
beforeAll(async () => {
  bench = await shimBench({ Leader: [{ leaf: 'leader' }], Strict: [{ leaf: 'leader', alwaysAuthenticate: true }] })
})
afterEach(() => bench.shim.reset())
afterAll(() => bench.client.close())

const logins = (): readonly string[] => bench.shim.calls().filter((call) => call.startsWith('login'))

async function pinState(): Promise<string> {
  return tokenNamed(await bench.client.tokens(), 'Leader').pin
}

/** @param pin digits, or `pin-pad` */
async function open(pin: string, acceptLastTry = false) {
  const given = pin === 'pin-pad' ? pin : pinBytes(pin)
  return await bench.client.openSession(await bench.tokenId('Leader'), given, { acceptLastTry })
}

describe('wrong PINs', () => {
  test('go from few left over the last try to locked, one C_Login each, and the state is seen before asking', async () => {
    bench.shim.on('pin-tries', 3)
    expect(await pinState()).toBe('ready')
    expect(await open(WRONG)).toEqual({ ok: false, fault: { code: 'pin-few-left', tried: true } })
    expect(await pinState()).toBe('few-left')
    expect(await open(WRONG)).toEqual({ ok: false, fault: { code: 'pin-last-try', tried: true } })
    expect(await pinState()).toBe('last-try')
    expect(await open(WRONG, true)).toEqual({ ok: false, fault: { code: 'pin-locked', tried: true } })
    expect(await pinState()).toBe('locked')
    expect(logins()).toHaveLength(3)
  })

  test('are plainly wrong on a token that does not count them', async () => {
    expect(await open(WRONG)).toEqual({ ok: false, fault: { code: 'pin-wrong', tried: true } })
    expect(logins()).toHaveLength(1)
  })
})

describe('before a try is spent', () => {
  test('the last try needs somebody to say that it is meant', async () => {
    bench.shim.on('pin-tries', 1)
    expect(await open('123456')).toEqual({ ok: false, fault: { code: 'pin-last-try', tried: false } })
    expect(logins()).toEqual([])
    const session = valueOf(await open('123456', true))
    await session.end()
    expect(bench.shim.content('pin-tries')).toBe('3')
  })

  test('a locked token is not tried', async () => {
    bench.shim.on('pin-tries', 0)
    expect(await open('123456', true)).toEqual({ ok: false, fault: { code: 'pin-locked', tried: false } })
    expect(logins()).toEqual([])
  })

  test('a PIN that must be changed first is not tried', async () => {
    bench.shim.on('must-change')
    expect(await pinState()).toBe('must-change')
    expect(await open('123456')).toEqual({ ok: false, fault: { code: 'pin-must-change', tried: false } })
    expect(logins()).toEqual([])
  })

  test.each(['', '123', '1'.repeat(300)])('a PIN of impossible length is not tried: %s', async (pin) => {
    bench.shim.on('pin-tries', 3)
    expect(await open(pin)).toEqual({ ok: false, fault: { code: 'pin-length', tried: false } })
    expect(logins()).toEqual([])
  })
})

test.each([
  [0xa4, 'pin-locked'],
  [0xa3, 'pin-must-change'],
  [0x102, 'pin-not-set'],
  [0xa2, 'pin-length'],
  [0x32, 'token-removed'],
  [0x5, 'failed'],
])('a driver that answers C_Login with %i is understood as %s', async (rv, code) => {
  bench.shim.on('login-error', rv)
  expect(faultCode(await open('123456'))).toBe(code)
  expect(logins()).toHaveLength(1)
})

test('a token without the flag LOGIN_REQUIRED is logged in to all the same', async () => {
  bench.shim.on('no-login-flag')
  const session = valueOf(await open('123456'))
  await session.end()
  expect(logins()).toEqual(['login user=1 pin=given'])
})

describe('a key that asks for its PIN at each signature', () => {
  const sign = async (session: Awaited<ReturnType<typeof open>>) =>
    await valueOf(session).sign({
      certificate: bench.certificate('Strict', 'leader'),
      data: Uint8Array.of(1),
      hash: 'sha256',
    })

  test('gets it once a signature, as a login for this context', async () => {
    const session = await bench.client.openSession(await bench.tokenId('Strict'), pinBytes())
    expect((await sign(session)).ok).toBe(true)
    expect((await sign(session)).ok).toBe(true)
    await valueOf(session).end()
    expect(logins()).toEqual(['login user=1 pin=given', 'login user=2 pin=given', 'login user=2 pin=given'])
  })

  test('ends the session when the token no longer takes the PIN: a batch must not burn the tries', async () => {
    const session = await bench.client.openSession(await bench.tokenId('Strict'), pinBytes())
    bench.shim.on('login-error', 0xa0)
    bench.shim.on('pin-tries', 2)
    const codes = (await Promise.all([sign(session), sign(session), sign(session)])).map(faultCode)
    expect(codes).toEqual(['pin-few-left', 'session-ended', 'session-ended'])
    expect(logins()).toHaveLength(2)
  })

  test('is told apart when the token says so only at the signature', async () => {
    bench.shim.on('hide-attributes', 0x202)
    const session = await bench.client.openSession(await bench.tokenId('Strict'), pinBytes())
    expect(faultCode(await sign(session))).toBe('always-auth')
    await valueOf(session).end()
  })
})

describe('a PIN pad', () => {
  test('is shown as one, gets NULL for the PIN, and signs', async () => {
    bench.shim.on('pin-pad', '123456')
    expect(tokenNamed(await bench.client.tokens(), 'Leader').pinPad).toBe(true)
    const session = valueOf(await open('pin-pad'))
    const certificate = bench.certificate('Leader', 'leader')
    expect((await session.sign({ certificate, data: Uint8Array.of(1), hash: 'sha256' })).ok).toBe(true)
    await session.end()
    expect(logins()).toEqual(['login user=1 pin=null'])
  })

  test('is asked again for each signature of a key that wants it', async () => {
    bench.shim.on('pin-pad', '123456')
    const session = valueOf(await bench.client.openSession(await bench.tokenId('Strict'), 'pin-pad'))
    const certificate = bench.certificate('Strict', 'leader')
    expect((await session.sign({ certificate, data: Uint8Array.of(1), hash: 'sha256' })).ok).toBe(true)
    await session.end()
    expect(logins()).toEqual(['login user=1 pin=null', 'login user=2 pin=null'])
  })

  test('whose cancel key is pressed, or on which a wrong PIN is typed, says so', async () => {
    bench.shim.on('pin-pad', 'cancel')
    expect(await open('pin-pad')).toEqual({ ok: false, fault: { code: 'pin-cancelled', tried: false } })
    bench.shim.on('pin-pad', WRONG)
    expect(await open('pin-pad')).toEqual({ ok: false, fault: { code: 'pin-wrong', tried: true } })
  })

  test('is never sent a PIN, and a token without one is never sent NULL', async () => {
    bench.shim.on('pin-pad', '123456')
    expect(faultCode(await open('123456'))).toBe('unsupported')
    bench.shim.off('pin-pad')
    expect(faultCode(await open('pin-pad'))).toBe('unsupported')
    expect(logins()).toEqual([])
  })
})
