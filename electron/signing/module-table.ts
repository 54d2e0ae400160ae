// The PKCS#11 modules that Vietnamese issuers hand out, and where each system keeps them: data, plus what the administrator adds.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { z } from 'zod'

export interface ModuleCandidate {
  readonly path: string
  /** Issuer or maker, as people know it: a proper name. */
  readonly name: string
}

interface ModuleFamily {
  readonly name: string
  readonly files: readonly string[]
}

/** `versions('vnptca_p11_v', 6, 10, '.dll')`: newest first, since an installer leaves the older ones behind. */
function versions(stem: string, from: number, to: number, extension: string): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${stem}${to - index}${extension}`)
}

/**
 * File names seen in the field (research/domain.md C2); most are re-badged Feitian tokens. `X_s.dll` beside `X.dll` is the shell of the
 * system's own interface and no PKCS#11. OpenSC last: it also sees tokens whose maker's driver serves them better.
 */
const WINDOWS: readonly ModuleFamily[] = [
  { name: 'VGCA (SafeNet)', files: ['eTPKCS11.dll', 'IDPrimePKCS1164.dll'] },
  { name: 'VGCA (Bit4id)', files: ['bit4xpki.dll', 'bit4ipki.dll'] },
  { name: 'Viettel-CA', files: [...versions('viettel-ca_v', 1, 6, '.dll'), 'viettel-ca.dll'] },
  {
    name: 'VNPT-CA',
    files: [
      ...versions('vnptca_p11_v', 6, 10, '.dll'),
      'vnpt-ca_csp11.dll',
      'vnpt-ca_v34.dll',
      'vnpt-ca_v4.dll',
      'vnpt-ca_cl_v1.dll',
    ],
  },
  {
    name: 'FPT-CA',
    files: [...versions('fptca_v', 3, 6, '.dll'), 'fpt-ca_v5.dll', 'fpt-ca_v4.dll', 'fpt-ca.dll', 'fpt-ca-stx.dll'],
  },
  { name: 'BKAV-CA', files: ['BkavCA.dll', 'BkavCAv2S.dll', 'bkavcaetoken_p11.dll', 'st3csp11.dll'] },
  { name: 'FastCA', files: ['fca_v1.dll'] },
  { name: 'I-CA', files: ['ica_csp11_v1.dll'] },
  { name: 'MISA-CA', files: ['misaca_csp11_v2.dll'] },
  { name: 'EFY-CA', files: ['efy-ca_v1.dll'] },
  { name: 'CA2 (Nacencomm)', files: ['CA2_csp11.dll', 'CA2_v34.dll', 'ca2_ace_csp11.dll'] },
  { name: 'NCCA', files: ['ncca_csp11_v1.dll', ...versions('nca_v', 4, 9, '.dll')] },
  { name: 'NewCA (Newtel)', files: ['newca_v4.dll', 'NEWTEL-CA\\newca_v4.dll'] },
  { name: 'SmartSign (Vina-CA)', files: versions('vina-ca_v', 1, 10, '.dll') },
  { name: 'Safe-CA', files: versions('Safe-ca_v', 1, 2, '.dll') },
  { name: 'Feitian ePass2003', files: ['eps2003csp11v2.dll', 'eps2003csp11.dll', 'ShuttleCsp11_3003.dll'] },
  { name: 'Watchdata', files: ['WDPKCS.dll', 'wdsafe3.dll'] },
  { name: 'Gemalto', files: ['gclib.dll'] },
  { name: 'NGP', files: ['ngp11v211.dll'] },
  { name: 'VDC-CA', files: ['vdctdcsp11.dll'] },
  { name: 'SafeSign', files: ['aetpkss1.dll'] },
  { name: 'OpenSC', files: ['opensc-pkcs11.dll'] },
]

const MACOS: readonly ModuleFamily[] = [
  { name: 'VGCA (SafeNet)', files: ['libeTPkcs11.dylib', 'libIDPrimePKCS11.dylib'] },
  { name: 'VGCA (Bit4id)', files: ['libbit4xpki.dylib'] },
  { name: 'Viettel-CA', files: versions('viettel-ca_v', 4, 6, '.dylib') },
  { name: 'FPT-CA', files: versions('fptca_v', 3, 6, '.dylib') },
  { name: 'Feitian ePass2003', files: ['libcastle.1.0.0.dylib', 'libcastle.dylib'] },
  { name: 'OpenSC', files: ['opensc-pkcs11.so'] },
]

const LINUX: readonly ModuleFamily[] = [
  { name: 'VGCA (SafeNet)', files: ['libeTPkcs11.so', 'libIDPrimePKCS11.so'] },
  { name: 'VGCA (Bit4id)', files: ['libbit4xpki.so'] },
  { name: 'Feitian ePass2003', files: ['libcastle.so', 'libcastle.so.1.0.0'] },
  { name: 'OpenSC', files: ['opensc-pkcs11.so', 'pkcs11/opensc-pkcs11.so'] },
  { name: 'SoftHSM', files: ['softhsm/libsofthsm2.so', 'libsofthsm2.so'] },
]

export interface SearchPlaces {
  readonly platform: NodeJS.Platform
  /** `%SystemRoot%` of Windows; ignored elsewhere. */
  readonly systemRoot: string
  readonly exists: (path: string) => boolean
  /** Two names of one file are one module: a module must be loaded once. */
  readonly realPath: (path: string) => string
}

interface SearchTable {
  readonly families: readonly ModuleFamily[]
  readonly folders: readonly string[]
}

function tableFor({ platform, systemRoot }: SearchPlaces): SearchTable {
  // For a 64-bit application this is the 64-bit folder; what is in SysWOW64 could not be loaded.
  if (platform === 'win32') return { families: WINDOWS, folders: [win32.join(systemRoot, 'System32')] }
  if (platform === 'darwin') {
    return { families: MACOS, folders: ['/usr/local/lib', '/Library/OpenSC/lib', '/opt/homebrew/lib', '/usr/lib'] }
  }
  const multiarch = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
  return { families: LINUX, folders: ['/usr/lib', '/usr/lib64', ...multiarch, '/usr/local/lib', '/usr/local/lib64'] }
}

export const THIS_MACHINE: SearchPlaces = {
  platform: process.platform,
  systemRoot: process.env['SystemRoot'] ?? 'C:\\Windows',
  exists: existsSync,
  realPath: (path) => realpathSync(path),
}

/** @param additions the administrator's come first: whoever names a driver means it @returns what is on this machine, each file once */
export function moduleCandidates(
  places: SearchPlaces,
  additions: readonly ModuleCandidate[] = [],
): readonly ModuleCandidate[] {
  const { families, folders } = tableFor(places)
  const paths = places.platform === 'win32' ? win32 : posix
  const known = families.flatMap(({ name, files }) =>
    files.flatMap((file) => folders.map((folder) => ({ name, path: paths.join(folder, file) }))),
  )
  const seen = new Set<string>()
  return [...additions, ...known].filter(({ path }) => {
    // One that was named and is missing stays in the list, so that its absence is told.
    const named = additions.some((addition) => addition.path === path)
    if (!places.exists(path)) return named
    const real = places.realPath(path)
    if (seen.has(real)) return false
    seen.add(real)
    return true
  })
}

/** No office has more drivers; each one is a process. */
const MOST_ADDITIONS = 16
const LARGEST_FILE = 64 * 1024

/** A library loaded by a relative name would be looked for in the current folder. */
const absolutePath = z
  .string()
  .max(4096)
  .refine((path) => posix.isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path))

const additionsSchema = z.strictObject({
  modules: z.array(z.strictObject({ path: absolutePath, name: z.string().min(1).max(100) })).max(MOST_ADDITIONS),
})

/**
 * @param file `{ "modules": [{ "path": "/opt/x/libx.so", "name": "X-CA" }] }`; a missing file adds nothing
 * @returns `unreadable` when the file is there and not of this shape
 */
export function readAdditions(
  file: string,
):
  | { readonly ok: true; readonly additions: readonly ModuleCandidate[] }
  | { readonly ok: false; readonly code: 'unreadable' } {
  if (!existsSync(file)) return { ok: true, additions: [] }
  try {
    const text = readFileSync(file, 'utf8')
    const parsed = text.length > LARGEST_FILE ? undefined : additionsSchema.safeParse(JSON.parse(text))
    return parsed?.success === true ? { ok: true, additions: parsed.data.modules } : { ok: false, code: 'unreadable' }
  } catch {
    return { ok: false, code: 'unreadable' }
  }
}
