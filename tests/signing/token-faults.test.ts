// Drivers that hang, crash or lie, and tokens that are pulled: every call is answered with a code, and the next one works again.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSigningClient, type TokenSession } from '../../electron/signing/client.ts'
import { nodeSigningChild } from '../../electron/signing/signing-child.ts'
import { processFolder } from './pki/tools.ts'
import { shimBench, type ShimBench } from './shim/shim-bench.ts'
import { faultCode, pinBytes, SIGNING_ENTRY, valueOf } from './shim/signing-support.ts'

let bench: ShimBench
beforeAll(async () => {
  bench = await shimBench({ Leader: [{ leaf: 'leader' }, { leaf: 'leaderPss' }], Agency: [{ leaf: 'seal' }] })
})
afterEach(() => bench.shim.reset())
afterAll(() => bench.client.close())

async function openLeader(): Promise<TokenSession> {
  return valueOf(await bench.client.openSession(await bench.tokenId('Leader'), pinBytes()))
}

function sign(session: TokenSession, byte = 1, prefer: 'pkcs1' | 'pss' = 'pkcs1') {
  const certificate = bench.certificate('Leader', 'leader')
  return session.sign({ certificate, data: Uint8Array.of(byte), hash: 'sha256', prefer })
}

async function signsAgain(): Promise<void> {
  bench.shim.reset()
  const session = await openLeader()
  expect(faultCode(await sign(session))).toBe('none')
  await session.end()
}

describe('a driver that hangs', () => {
  test('while signing is ended after its time, all that waited is told, and the next call starts anew', async () => {
    const session = await openLeader()
    const before = bench.started.length
    bench.shim.on('hang-sign')
    const results = await Promise.all([sign(session, 1), sign(session, 2)])
    expect(results.map(faultCode)).toEqual(['driver-hung', 'driver-hung'])
    bench.shim.off('hang-sign')
    expect(faultCode(await sign(session))).toBe('session-ended')
    await signsAgain()
    expect(bench.started.length).toBe(before + 1)
  })

  test('at login is ended too: there the whole process stands still', async () => {
    const id = await bench.tokenId('Leader')
    bench.shim.on('hang-login')
    expect(faultCode(await bench.client.openSession(id, pinBytes()))).toBe('driver-hung')
    await signsAgain()
  })
})

describe('a driver that crashes', () => {
  test.each(['sign', 'login'] as const)('at %s takes nothing with it but its process', async (place) => {
    const id = await bench.tokenId('Leader')
    if (place === 'login') bench.shim.on('crash-login')
    const opened = await bench.client.openSession(id, pinBytes())
    bench.shim.on(`crash-${place}`)
    expect(faultCode(opened.ok ? await sign(opened.value) : opened)).toBe('driver-crashed')
    await signsAgain()
  })

  test('at its start is told as that driver’s state, and works once it no longer does', async () => {
    await bench.client.close()
    bench.shim.on('crash-initialize')
    expect(await bench.client.modules()).toMatchObject([{ name: 'Shim', status: 'driver-crashed' }])
    expect(await bench.client.tokens()).toEqual([])
    bench.shim.off('crash-initialize')
    expect(await bench.client.modules()).toMatchObject([{ name: 'Shim', status: 'ready' }])
    await signsAgain()
  })
})

test('modules that are none are told apart: missing, no library, a library without C_GetFunctionList, another processor', async () => {
  const folder = processFolder('modules')
  const file = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const foreign = Buffer.alloc(64)
  foreign.write('\x7fELF\x02\x01\x01', 'latin1')
  foreign.writeUInt16LE(process.arch === 'x64' ? 0xb7 : 0x3e, 18)
  const paths = [
    join(folder, 'none.so'),
    file('text.so', 'no library'),
    '/lib/x86_64-linux-gnu/libz.so.1',
    file('arm.so', foreign),
  ]
  const client = createSigningClient({
    spawn: nodeSigningChild(SIGNING_ENTRY),
    candidates: () => paths.map((path) => ({ path, name: 'X' })),
    now: () => Date.now(),
  })
  expect((await client.modules()).map((module) => module.status)).toEqual([
    'module-missing',
    'module-not-pkcs11',
    'module-not-pkcs11',
    'module-wrong-architecture',
  ])
  expect(await client.openSession({ module: '/elsewhere.so', serial: '', label: '' }, pinBytes())).toEqual({
    ok: false,
    fault: { code: 'module-missing', tried: false },
  })
  await client.close()
})

describe('a token that is pulled', () => {
  test('in the middle of a batch ends the session; put back, the batch goes on with the same certificate', async () => {
    const session = await openLeader()
    expect(faultCode(await sign(session, 1))).toBe('none')
    bench.shim.on('removed')
    expect(faultCode(await sign(session, 2))).toBe('token-removed')
    expect(faultCode(await sign(session, 3))).toBe('session-ended')
    expect(faultCode(await bench.client.openSession(session.token, pinBytes()))).toBe('token-absent')
    bench.shim.off('removed')
    const again = valueOf(await bench.client.openSession(session.token, pinBytes()))
    expect(faultCode(await sign(again, 2))).toBe('none')
    await again.end()
  })

  test.each([0x32, 0xb3, 0xb0, 0xe0])('is recognised by %i', async (rv) => {
    const session = await openLeader()
    bench.shim.on('sign-error', rv)
    expect(faultCode(await sign(session))).toBe('token-removed')
    await session.end()
  })

  test('between two batches does not leave its old session in the way', async () => {
    const session = await openLeader()
    bench.shim.on('removed')
    expect(await bench.client.tokens()).toEqual([])
    bench.shim.off('removed')
    await session.end()
    await signsAgain()
  })

  test('is not taken for pulled when the driver merely fails', async () => {
    const session = await openLeader()
    bench.shim.on('sign-error', 0x5)
    expect(faultCode(await sign(session))).toBe('failed')
    bench.shim.off('sign-error')
    expect(faultCode(await sign(session))).toBe('none')
    await session.end()
  })
})

describe('mechanisms', () => {
  const inits = (): readonly string[] => bench.shim.calls().filter((call) => call.startsWith('sign-init'))

  test.each([
    ['hash and sign in one', '', ['sign-init 0x40'], 'rsa-pkcs1'],
    ['the plain one with our own DigestInfo, where the other is not listed', '0x40', ['sign-init 0x1'], 'rsa-pkcs1'],
    ['PSS, where the token has no PKCS #1', '0x40 0x1', ['sign-init 0x43'], 'rsa-pss'],
    ['PSS over our own digest', '0x40 0x1 0x43', ['sign-init 0xd'], 'rsa-pss'],
  ] as const)('%s', async (_, missing, expected, kind) => {
    bench.shim.on('missing-mechanisms', missing)
    const session = await openLeader()
    expect(valueOf(await sign(session)).algorithm.kind).toBe(kind)
    await session.end()
    expect(inits()).toEqual(expected)
  })

  test('one that is listed and then refused is passed over', async () => {
    bench.shim.on('refused-mechanisms', '0x43')
    const session = await openLeader()
    expect(valueOf(await sign(session, 1, 'pss')).algorithm).toEqual({
      kind: 'rsa-pss',
      hash: 'sha256',
      saltLength: 32,
    })
    await session.end()
    expect(inits()).toEqual(['sign-init 0x43', 'sign-init 0xd'])
  })

  test('without any that fits, the token cannot sign', async () => {
    bench.shim.on('missing-mechanisms', '0x40 0x1 0x43 0xd')
    const session = await openLeader()
    expect(faultCode(await sign(session))).toBe('no-mechanism')
    await session.end()
  })
})

test.each(['leader', 'leaderPss'] as const)('a wrong signature of %s does not leave the process', async (leaf) => {
  const session = await openLeader()
  bench.shim.on('wrong-signature')
  const request = { certificate: bench.certificate('Leader', leaf), data: Uint8Array.of(1), hash: 'sha256' as const }
  expect(faultCode(await session.sign({ ...request, prefer: leaf === 'leader' ? 'pkcs1' : 'pss' }))).toBe(
    'signature-wrong',
  )
  await session.end()
})

describe('two tokens of one label', () => {
  test('are told apart by their serial numbers; without one, none is asked for its PIN', async () => {
    bench.shim.on('same-label', 'UBND')
    const tokens = await bench.client.tokens()
    expect(tokens.map((token) => token.id.label)).toEqual(['UBND', 'UBND'])
    const anyOf = { ...tokens[0]!.id, serial: '' }
    expect(faultCode(await bench.client.openSession(anyOf, pinBytes()))).toBe('token-ambiguous')
    for (const { id } of tokens) await valueOf(await bench.client.openSession(id, pinBytes())).end()
  })

  test('and one serial number are not told apart at all', async () => {
    bench.shim.on('same-label', 'UBND')
    bench.shim.on('same-serial', '0001')
    const [token] = await bench.client.tokens()
    expect(faultCode(await bench.client.openSession(token!.id, pinBytes()))).toBe('token-ambiguous')
    expect(bench.shim.calls().filter((call) => call.startsWith('login'))).toEqual([])
  })
})

test('a driver that cannot lock by itself is used by one thread at a time, on two tokens too', async () => {
  await bench.client.close()
  bench.shim.on('no-os-locking')
  bench.shim.on('slow-sign', 100)
  const leader = await openLeader()
  const agency = valueOf(await bench.client.openSession(await bench.tokenId('Agency'), pinBytes()))
  const seal = { certificate: bench.certificate('Agency', 'seal'), data: Uint8Array.of(1), hash: 'sha256' as const }
  const results = await Promise.all([sign(leader), agency.sign(seal), sign(leader), agency.sign(seal)])
  expect(results.map(faultCode)).toEqual(['none', 'none', 'none', 'none'])
  expect(bench.shim.calls()).not.toContain('sign overlapping')
  await bench.client.close()
})
