// Where a PIN must never be: arguments, environment, console, messages back. And that the process answers while a token works.
import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProcessLink } from '../../electron/signing/process-link.ts'
import { createSigningClient } from '../../electron/signing/client.ts'
import { utilitySigningChild, type SigningChild } from '../../electron/signing/signing-child.ts'
import { HostUtilityProcesses } from '../electron-host/utility-process.ts'
import { shimBench, SHORT_LIMITS, type ShimBench } from './shim/shim-bench.ts'
import { faultCode, pinBytes, SIGNING_ENTRY, tokenNamed, valueOf } from './shim/signing-support.ts'

/** Two PINs that occur nowhere by chance; the token's own is the first. */
const WRONG_PIN = '84629137'

let bench: ShimBench
beforeAll(async () => {
  bench = await shimBench({ Leader: [{ leaf: 'leader' }], Strict: [{ leaf: 'leader', alwaysAuthenticate: true }] })
})
afterAll(() => bench.client.close())

/** A signing process whose console and messages are kept. */
function overheard(): {
  readonly spawn: () => SigningChild
  readonly child: () => ChildProcess
  readonly said: () => string
} {
  let child: ChildProcess | undefined
  const said: string[] = []
  const spawn = (): SigningChild => {
    const started = fork(SIGNING_ENTRY, [], {
      execArgv: [],
      env: bench.environment,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (chunk: Buffer) => said.push(String(chunk)))
    started.on('message', (message) => said.push(inspect(message, { depth: 9, maxArrayLength: null })))
    return {
      post: (message) => void started.send(message as object),
      onMessage: (listener) => void started.on('message', listener),
      onExit: (listener) => void started.once('exit', () => listener()),
      kill: () => void started.kill('SIGKILL'),
    }
  }
  return { spawn, child: () => child!, said: () => said.join('\n') }
}

test('a PIN, right or wrong, is in no argument, no environment, no console and no message back', async () => {
  const ears = overheard()
  const client = createSigningClient({
    spawn: ears.spawn,
    candidates: () => [{ path: bench.shim.modulePath, name: 'Shim' }],
    now: () => Date.now(),
  })
  const id = tokenNamed(await client.tokens(), 'Strict').id
  const results: unknown[] = [await client.openSession(id, pinBytes(WRONG_PIN))]
  const session = valueOf(await client.openSession(id, pinBytes()))
  const certificate = bench.certificate('Strict', 'leader')
  results.push(await session.sign({ certificate, data: Uint8Array.of(1), hash: 'sha256' }))
  bench.shim.on('login-error', 0xa0)
  results.push(await session.sign({ certificate, data: Uint8Array.of(2), hash: 'sha256' }))
  bench.shim.off('login-error')
  // A driver or a library that throws while it holds the PIN.
  results.push(await client.openSession(id, new Uint8Array(300).fill(0x38)))

  const { pid } = ears.child()
  const outside = ['cmdline', 'environ']
    .map((file) => readFileSync(`/proc/${String(pid)}/${file}`, 'latin1'))
    .join('\n')
  await client.close()
  expect(ears.said()).toContain('pin-wrong')
  const everything = [outside, ears.said(), inspect(results, { depth: 9 }), bench.shim.calls().join('\n')].join('\n')
  for (const pin of [WRONG_PIN, '123456']) {
    expect(everything).not.toContain(pin)
    expect(everything).not.toContain([...pinBytes(pin)].join(', '))
    expect(everything).not.toContain(Buffer.from(pin).toString('hex').match(/../g)!.join(' '))
    expect(everything).not.toContain(Buffer.from(pin).toString('base64'))
  }
})

test('the process answers while a token signs', async () => {
  const ears = overheard()
  const link = createProcessLink(bench.shim.modulePath, ears.spawn, SHORT_LIMITS.load)
  const terms = { limitMs: 10_000, lane: 'x' }
  const token = { serial: '', label: 'Leader' }
  valueOf(await link.call<'tokens'>({ type: 'tokens' }, terms))
  const { session } = valueOf(
    await link.call<'open'>({ type: 'open', token, pin: pinBytes(), acceptLastTry: false }, terms),
  )
  bench.shim.on('slow-sign', 2_000)
  const order: string[] = []
  const certificate = bench.certificate('Leader', 'leader')
  const signing = link
    .call<'sign'>(
      { type: 'sign', session, certificate, data: Uint8Array.of(1), hash: 'sha256', prefer: 'pkcs1' },
      terms,
    )
    .then((signed) => order.push(`sign ${faultCode(signed)}`))
  for (let look = 0; look < 5; look += 1) {
    const slots = await link.call<'tokens'>({ type: 'tokens' }, { limitMs: 10_000, lane: 'tokens' })
    order.push(`tokens ${faultCode(slots)}`)
  }
  await signing
  expect(bench.shim.calls()).not.toContain('slots overlapping')
  bench.shim.reset()
  link.stop()
  expect(order).toEqual([...Array.from({ length: 5 }, () => 'tokens none'), 'sign none'])
})

test('a request of another shape is answered, and does no harm', async () => {
  const ears = overheard()
  const child = ears.spawn()
  const answers: unknown[] = []
  child.onMessage((message) => answers.push(message))
  child.post({ id: 7, type: 'open', pin: 'as text' })
  child.post('nothing of ours')
  child.post({ id: 8, type: 'tokens' })
  await expect.poll(() => answers.length).toBe(2)
  child.kill()
  expect(answers).toEqual([
    { id: 7, ok: false, fault: { code: 'unsupported', tried: false } },
    { id: 8, ok: false, fault: { code: 'module-missing', tried: false } },
  ])
})

describe('as Electron’s utility process', () => {
  test('it signs, and is killed when its driver hangs', async () => {
    const host = new HostUtilityProcesses()
    const client = createSigningClient({
      spawn: utilitySigningChild(() => host.module.fork(SIGNING_ENTRY, [], { env: bench.environment })),
      candidates: () => [{ path: bench.shim.modulePath, name: 'Shim' }],
      now: () => Date.now(),
      limits: SHORT_LIMITS,
    })
    const id = tokenNamed(await client.tokens(), 'Leader').id
    const session = valueOf(await client.openSession(id, pinBytes()))
    const request = {
      certificate: bench.certificate('Leader', 'leader'),
      data: Uint8Array.of(1),
      hash: 'sha256' as const,
    }
    expect(faultCode(await session.sign(request))).toBe('none')
    bench.shim.on('hang-sign')
    expect(faultCode(await session.sign(request))).toBe('driver-hung')
    bench.shim.reset()
    await expect.poll(() => host.running.size).toBe(0)
    await client.close()
    host.close()
  })
})
