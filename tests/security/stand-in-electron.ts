// Lays out what electron-builder expects of an unpacked Electron for Linux and Windows: the "programs" hold only the fuse wire.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Electron finds its fuses behind this marker: version byte, count byte, then one character a fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron's defaults, in wire order: '1' on, '0' off. */
const DEFAULT_WIRE = '101100011'

/** The parts of `resedit` (a dependency of electron-builder) that this needs. */
interface Resedit {
  readonly NtExecutable: {
    createEmpty(is32Bit: boolean): { setExtraData(data: Buffer): void; generate(): ArrayBuffer }
  }
  readonly NtExecutableResource: {
    from(exe: unknown): { readonly entries: unknown[]; outputResource(exe: unknown): void }
  }
  readonly Resource: {
    readonly VersionInfo: {
      createEmpty(): {
        setStringValues(language: { lang: number; codepage: number }, values: Record<string, string>): void
        outputToResourceEntries(entries: unknown[]): void
      }
    }
  }
}

/** @param folder made when missing */
export function writeStandInElectron(folder: string, version: string): void {
  for (const sub of ['resources', 'locales']) mkdirSync(join(folder, sub), { recursive: true })
  const files: Readonly<Record<string, string | Buffer>> = {
    electron: Buffer.concat([Buffer.from('\x7fELF stand-in\n', 'latin1'), fuseWire()]),
    'electron.exe': smallestProgram(),
    version,
    LICENSE: 'stand-in',
    'LICENSES.chromium.html': 'stand-in',
    'chrome-sandbox': '',
    'locales/vi.pak': '',
    'locales/en-US.pak': '',
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  chmodSync(join(folder, 'electron'), 0o755)
}

function fuseWire(): Buffer {
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, DEFAULT_WIRE.length]), Buffer.from(DEFAULT_WIRE)])
}

/** The smallest .exe that packaging tools accept: a version resource, and the fuse wire behind the image. */
function smallestProgram(): Buffer {
  const { NtExecutable, NtExecutableResource, Resource } = requireOfBuilder('resedit') as Resedit
  const exe = NtExecutable.createEmpty(false)
  const resources = NtExecutableResource.from(exe)
  const info = Resource.VersionInfo.createEmpty()
  info.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileDescription: 'stand-in' })
  info.outputToResourceEntries(resources.entries)
  resources.outputResource(exe)
  exe.setExtraData(fuseWire())
  return Buffer.from(exe.generate())
}

/** A package that electron-builder itself depends on, in the very version it uses. */
export function requireOfBuilder(name: string): unknown {
  const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
  return createRequire(builder.resolve('app-builder-lib/package.json'))(name) as unknown
}
