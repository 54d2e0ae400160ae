// Items 16 and 17 of the checklist: electron-builder packs the real build around a stand-in runtime, and what came out is read back.
import { execFileSync, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import config from '../../build/electron-builder.config.ts'
import { buildWhenStale } from '../electron-host/stage.ts'
import { requireOfBuilder, writeStandInElectron } from './stand-in-electron.ts'

interface Asar {
  listPackage(archive: string, options: object): string[]
  extractFile(archive: string, file: string): Buffer
  extractAll(archive: string, folder: string): void
  getRawHeader(archive: string): { headerString: string }
}
interface Fuses {
  getCurrentFuseWire(program: string): Promise<Record<string, number>>
  readonly FuseV1Options: Record<string, number | string>
}
interface Resources {
  readonly NtExecutable: { from(program: Buffer): unknown }
  readonly NtExecutableResource: { from(exe: unknown): { entries: { type: unknown; bin: ArrayBuffer }[] } }
}

const ROOT = join(import.meta.dirname, '../..')
const asar = requireOfBuilder('@electron/asar') as Asar
const fuses = requireOfBuilder('@electron/fuses') as Fuses
const resedit = requireOfBuilder('resedit') as Resources
const work = mkdtempSync(join(tmpdir(), 'tra-my-package-'))
const LINUX = join(work, 'release/linux-unpacked')
const WINDOWS = join(work, 'release/win-unpacked')
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

beforeAll(() => {
  buildWhenStale()
  execFileSync(process.execPath, [join(ROOT, 'build/build.ts'), 'hub'], { cwd: ROOT, stdio: 'pipe' })
  writeStandInElectron(join(work, 'electron'), config.electronVersion ?? '')
  execFileSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', '--win', 'dir', '--x64', '--publish', 'never'],
      ...['--config', join(ROOT, 'build/electron-builder.config.ts')],
      `-c.electronDist=${join(work, 'electron')}`,
      `-c.directories.output=${join(work, 'release')}`,
    ],
    { cwd: ROOT, stdio: 'pipe' },
  )
})
afterAll(() => {
  rmSync(work, { recursive: true, force: true })
})

const archive = (folder: string) => join(folder, 'resources/app.asar')
const filesOf = (folder: string) =>
  asar
    .listPackage(archive(folder), { isPack: false })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.\w+$/.test(name))

test.each([
  ['linux', LINUX],
  ['windows', WINDOWS],
])('item 17: %s: the archive holds the built files and the native packages, nothing else', (_name, folder) => {
  const files = filesOf(folder)
  expect(files).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/dist/electron/main.js',
      '/dist/electron/preload.cjs',
      '/dist/electron/confirm-preload.cjs',
      '/dist/electron/signing-process.js',
      '/dist/electron/Tinos_400Regular.ttf',
      '/dist/confirm/index.html',
    ]),
  )
  const foreign = files.filter(
    (name) =>
      name !== '/package.json' &&
      !/^\/(dist\/|node_modules\/(better-sqlite3|@node-rs\/argon2[\w-]*|pkcs11js|koffi|@koromix\/koffi[\w-]*)\/)/.test(
        name,
      ),
  )
  expect(foreign).toEqual([])
  // Neither sources nor maps, nor anything a developer left behind.
  expect(files.filter((name) => /\.(ts|tsx|map|md|gyp|cc?|h)$|\.test\.|\/tests?\//.test(name))).toEqual([])
  for (const file of ['dist/electron/main.js', 'dist/electron/preload.cjs', 'dist/electron/confirm-preload.cjs']) {
    expect(sha256(asar.extractFile(archive(folder), file))).toBe(sha256(readFileSync(join(ROOT, file))))
  }
})

test('item 17: machine code lies beside the archive, one file a package, for its own system', () => {
  const native = (folder: string) => filesOf(folder).filter((name) => name.endsWith('.node'))
  expect(native(LINUX).sort()).toEqual([
    '/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
    '/node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node',
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    '/node_modules/pkcs11js/build/Release/pkcs11.node',
  ])
  // argon2's Windows package is installed by npm on Windows only, so it is there when the package is made there.
  const argon2 = '/node_modules/@node-rs/argon2-win32-x64-msvc/argon2.win32-x64-msvc.node'
  expect(native(WINDOWS).filter((name) => name !== argon2)).toEqual([
    '/node_modules/better-sqlite3/prebuilds/win32-x64.node',
  ])
  for (const name of native(LINUX)) expect(existsSync(join(LINUX, 'resources/app.asar.unpacked', name))).toBe(true)
})

test('item 17: what was packed is enough: the hub in it starts from its own files alone', async () => {
  const folder = join(work, 'unpacked')
  asar.extractAll(archive(LINUX), folder)
  const options = { dataFolder: join(work, 'data'), host: '127.0.0.1', port: 0, sampleCommune: true }
  const hub = fork(join(folder, 'dist/hub/main.js'), [JSON.stringify(options)], { cwd: folder, execArgv: [] })
  try {
    const report = await new Promise<unknown>((heard, failed) => {
      hub.once('message', heard)
      hub.once('exit', (code) => failed(new Error(`the packed hub ended with ${code}`)))
    })
    expect(report).toMatchObject({ type: 'listening', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
  } finally {
    hub.removeAllListeners('exit').kill('SIGKILL')
  }
})

test('item 17: windows: the program carries the hash of the archive it shipped with', () => {
  const program = resedit.NtExecutable.from(readFileSync(join(WINDOWS, 'tra-my.exe')))
  const entry = resedit.NtExecutableResource.from(program).entries.find(({ type }) => type === 'INTEGRITY')
  const recorded = JSON.parse(Buffer.from(entry!.bin).toString()) as unknown
  const { headerString } = asar.getRawHeader(archive(WINDOWS))
  expect(recorded).toEqual([{ file: 'resources\\app.asar', alg: 'SHA256', value: sha256(headerString) }])
})

test.each([
  ['linux', join(LINUX, 'tra-my')],
  ['windows', join(WINDOWS, 'tra-my.exe')],
])('item 16: %s: the fuses are set in the program itself', async (_name, program) => {
  const wire = await fuses.getCurrentFuseWire(program)
  const names = Object.keys(fuses.FuseV1Options).filter((name) => Number.isNaN(Number(name)))
  const isOn = (name: string) => String.fromCharCode(wire[String(fuses.FuseV1Options[name])] ?? 0) === '1'
  expect(Object.fromEntries(names.map((name) => [name, isOn(name)]))).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  })
})
