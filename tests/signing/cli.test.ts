// `tra-my tokens|sign|extend|verify` on a soft token: exit codes, the report as JSON, and where the PIN is and is not.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fileReportSchema } from '../../shared/signature/report.ts'
import type { Terminal } from '../../electron/cli/command.ts'
import { COMMANDS } from '../../electron/cli/commands.ts'
import { dispatch } from '../../electron/cli/dispatch.ts'
import { softTokens, type SoftTokens } from './pki/soft-token.ts'
import { testPki, type TestPki } from './pki/test-pki.ts'
import { processFolder, runTool } from './pki/tools.ts'
import { trustServices, type TrustServices } from './pki/trust-services.ts'

const MAIN = join(import.meta.dirname, '../../electron/cli/main.ts')
const PAPER = join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf')
const PIN_NAME = 'TRA_MY_TEST_PIN'

let pki: TestPki
let soft: SoftTokens
let services: TrustServices
let trust: string
let folder: string

beforeAll(async () => {
  pki = await testPki()
  soft = await softTokens(pki)
  services = trustServices(pki)
  trust = processFolder('trust')
  await copyFile(pki.rootFile, join(trust, 'root.crt'))
  process.env['SOFTHSM2_CONF'] = soft.environment.SOFTHSM2_CONF
})
afterAll(async () => {
  delete process.env['SOFTHSM2_CONF']
  Reflect.deleteProperty(process.env, PIN_NAME)
  await services[Symbol.asyncDispose]()
})
beforeEach(() => {
  folder = processFolder('cli')
})

interface Said {
  readonly code: number
  readonly lines: readonly string[]
  readonly complaints: readonly string[]
}

async function call(...words: readonly string[]): Promise<Said> {
  const lines: string[] = []
  const complaints: string[] = []
  const terminal: Terminal = {
    line: (text) => lines.push(text),
    complain: (text) => complaints.push(text),
    interrupted: new Promise(() => undefined),
  }
  return { code: await dispatch(words, COMMANDS, terminal), lines, complaints }
}

function signWords(out: string, level: string, more: readonly string[] = []): readonly string[] {
  const token = ['--module', soft.modulePath, '--token', 'Leader', '--pin-env', PIN_NAME]
  const line = ['--tsa', services.tsaUrl, '--trust', trust]
  return ['sign', PAPER, '--out', out, ...token, '--role', 'plain', '--level', level, ...line, ...more]
}

test('tokens lists drivers, tokens and certificates without a PIN', async () => {
  const { code, lines } = await call('tokens', '--module', soft.modulePath, '--json')
  expect(code).toBe(0)
  const listed = JSON.parse(lines.join('\n')) as Record<string, unknown>
  expect(listed).toMatchObject({ schema: 'tra-my/tokens', version: 1, modules: [{ status: 'ready' }] })
  const labels = (listed['tokens'] as { id: { label: string }; certificates: unknown[] }[]).map(
    ({ id, certificates }) => [id.label, certificates.length],
  )
  expect(labels.toSorted()).toEqual([
    ['Agency', 1],
    ['Leader', 1],
  ])
})

test('signed at B-T, extended to B-LTA, verified: 0 each time, and the report keeps its shape', async () => {
  const [signed, archived] = [join(folder, 'signed.pdf'), join(folder, 'archived.pdf')]
  process.env[PIN_NAME] = '123456'
  expect(await call(...signWords(signed, 'B-T'))).toMatchObject({ code: 0, complaints: [] })
  expect(process.env[PIN_NAME], 'the PIN is taken out of the environment').toBeUndefined()
  const extended = await call(
    'extend',
    signed,
    '--out',
    archived,
    '--level',
    'B-LTA',
    '--tsa',
    services.tsaUrl,
    '--trust',
    trust,
  )
  expect(extended).toMatchObject({ code: 0, complaints: [] })

  const { code, lines } = await call('verify', archived, '--trust', trust, '--json')
  const [report] = fileReportSchema.array().parse(JSON.parse(lines.join('\n')))
  expect(report).toMatchObject({ name: 'archived.pdf', status: 'valid', signatures: [{ level: 'B-LTA' }, {}] })
  expect(code).toBe(0)
  expect((await call('verify', archived, signed)).code, 'nobody trusted').toBe(1)
  expect(await readdir(folder)).toEqual(['archived.pdf', 'signed.pdf'])
})

test('as a process of its own: signs, says the level, and shows its PIN to no one', async () => {
  const out = join(folder, 'signed.pdf')
  const env = { ...process.env, [PIN_NAME]: '123456' }
  const signed = await asProcess(signWords(out, 'B-B'), env)
  expect(signed, signed.stderr).toMatchObject({ code: 0, stderr: '' })
  expect(signed.stdout).toContain('B-B')
  const verified = await asProcess(['verify', out, '--trust', trust, '--json'], process.env)
  expect(verified.code, 'revocation is not known').toBe(1)
  expect(fileReportSchema.array().parse(JSON.parse(verified.stdout))).toMatchObject([{ status: 'indeterminate' }])
  const broken = Uint8Array.from(await readFile(out))
  broken[2000] = (broken[2000] ?? 0) ^ 1
  await writeFile(join(folder, 'broken.pdf'), broken)
  expect((await asProcess(['verify', join(folder, 'broken.pdf')], process.env)).code).toBe(1)
})

test('a wrong PIN is tried once and leaves no file', async () => {
  process.env[PIN_NAME] = '654321'
  const out = join(folder, 'signed.pdf')
  const said = await call(...signWords(out, 'B-B'))
  expect(said.code).toBe(1)
  // SoftHSM says that tries are used up as soon as one was wrong.
  expect(said.complaints.join()).toMatch(/pin-(?:wrong|few-left)/)
  expect(await readdir(folder)).toEqual([])
  process.env[PIN_NAME] = '123456'
  expect((await call(...signWords(out, 'B-B'))).code).toBe(0)
})

test('a level that is not reached: the file is there, and the exit code says so', async () => {
  process.env[PIN_NAME] = '123456'
  services.tsa.answer = 'wrong-nonce'
  const out = join(folder, 'signed.pdf')
  const said = await call(...signWords(out, 'B-LTA'))
  services.tsa.answer = 'right'
  expect(said.code).toBe(1)
  expect(said.complaints.join()).toContain('tsa-wrong-nonce')
  expect(await readdir(folder)).toEqual(['signed.pdf'])
})

describe('wrongly called is 2, and nothing is written:', () => {
  test.each([
    ['no --level', ['--role', 'plain', '--token', 'Leader', '--pin-env', PIN_NAME]],
    ['an unknown role', ['--role', 'king', '--level', 'B-B', '--token', 'Leader', '--pin-env', PIN_NAME]],
    ['no variable', ['--role', 'plain', '--level', 'B-B', '--token', 'Leader', '--pin-env', 'NOT_SET_AT_ALL']],
    [
      'a rectangle of three',
      ['--role', 'plain', '--level', 'B-B', '--token', 'L', '--pin-env', 'X', '--rect', '1,2,3'],
    ],
    [
      'a page 0',
      ['--role', 'plain', '--level', 'B-B', '--token', 'L', '--pin-env', 'X', '--page', '0', '--rect', '1,2,3,4'],
    ],
    [
      'no picture there',
      ['--role', 'plain', '--level', 'B-B', '--token', 'L', '--pin-env', 'X', '--image', '/nowhere'],
    ],
  ])('%s', async (_, words) => {
    process.env[PIN_NAME] = '123456'
    expect((await call('sign', PAPER, '--out', join(folder, 'x.pdf'), ...words)).code).toBe(2)
    expect(await readdir(folder)).toEqual([])
  })

  test('a PIN has no place on the command line', async () => {
    expect((await call(...signWords(join(folder, 'x.pdf'), 'B-B', ['--pin', '123456']))).code).toBe(2)
  })

  test('a time that is none', async () => {
    expect((await call('verify', PAPER, '--at', 'yesterday')).code).toBe(2)
  })
})

describe('what cannot be done is 1, told in words and not as an exception:', () => {
  test('a file, a folder of anchors, a place to write that are not there', async () => {
    process.env[PIN_NAME] = '123456'
    const nowhere = join(folder, 'nowhere')
    for (const words of [
      ['verify', nowhere],
      ['verify', PAPER, '--trust', nowhere],
      ['extend', nowhere, '--out', join(folder, 'x.pdf'), '--level', 'B-B'],
      ['extend', PAPER, '--out', join(folder, 'x.pdf'), '--level', 'B-B', '--trust', nowhere],
    ]) {
      const said = await call(...words)
      expect(said.code, words.join(' ')).toBe(1)
      expect(said.complaints.join(), words.join(' ')).toContain('nowhere')
    }
    expect(await readdir(folder)).toEqual([])
  })

  test('an unsigned file has nothing to extend', async () => {
    const said = await call('extend', PAPER, '--out', join(folder, 'x.pdf'), '--level', 'B-T')
    expect(said).toMatchObject({ code: 1 })
    expect(said.complaints.join()).toContain('file-unsigned')
  })

  test('a result that cannot be written leaves what was there', async () => {
    process.env[PIN_NAME] = '123456'
    await mkdir(join(folder, 'x.pdf'))
    const said = await call(...signWords(join(folder, 'x.pdf'), 'B-B'))
    expect(said.code).toBe(1)
    expect(said.complaints.join()).toContain('x.pdf')
    expect(await readdir(folder), 'no part of a file beside it').toEqual(['x.pdf'])
  })

  test('a token that is not plugged in, a certificate that is not on it', async () => {
    for (const more of [
      ['--token', 'Nobody'],
      ['--key', 'ffff'],
    ]) {
      process.env[PIN_NAME] = '123456'
      const said = await call(...signWords(join(folder, 'x.pdf'), 'B-B', more))
      expect(said.code).toBe(1)
      expect(said.complaints.join()).toMatch(/token-absent|certificate-not-found/)
    }
    expect(await readdir(folder)).toEqual([])
  })
})

test('the signed file is a whole PDF', async () => {
  process.env[PIN_NAME] = '123456'
  const out = join(folder, 'signed.pdf')
  await call(...signWords(out, 'B-B'))
  expect((await runTool('qpdf', ['--check', out])).code).toBe(0)
  const [before, after] = [readFileSync(PAPER), readFileSync(out)]
  expect(after.length).toBeGreaterThan(before.length)
})

function asProcess(words: readonly string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((done) => {
    execFile(process.execPath, [MAIN, ...words], { env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}
