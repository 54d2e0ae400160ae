// What `npm test` needs of the system besides Node: looks for it, installs what is missing with apt where it may, and otherwise says what to install.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Need {
  /** Debian's package. */
  readonly name: string
  /** A program in the search path, or where Debian puts it outside of it. */
  readonly program?: string
  readonly files?: string
}

const NEEDS: readonly Need[] = [
  { name: 'chromium', program: 'chromium' },
  { name: 'xvfb', program: 'xvfb-run' },
  // PKCS#11 in software, and the tools that speak to it
  { name: 'softhsm2', program: 'softhsm2-util' },
  { name: 'opensc', program: 'pkcs11-tool' },
  { name: 'openssl', program: 'openssl' },
  // outside judges of our PDFs
  { name: 'poppler-utils', program: 'pdftotext' },
  { name: 'qpdf', program: 'qpdf' },
  { name: 'mupdf-tools', program: 'mutool' },
  { name: 'libnss3-tools', program: 'certutil' },
  // our own PKCS#11 module that fails on demand is compiled by its tests
  { name: 'gcc', program: 'gcc' },
  // the server's programs lie in a folder of their version
  { name: 'postgresql', files: '/usr/lib/postgresql/*/bin/postgres' },
]

const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'].filter((f) => f !== '')

function missing(): readonly string[] {
  return NEEDS.filter((need) => !isThere(need)).map(({ name }) => name)
}

function isThere({ program, files }: Need): boolean {
  if (files !== undefined) return globSync(files).length > 0
  return program !== undefined && FOLDERS.some((folder) => isExecutable(join(folder, program)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @returns the words before a command that make it run as root, or null where we may not */
function asRoot(): readonly string[] | null {
  if (process.getuid?.() === 0) return []
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' })
  return sudo.status === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : null
}

function apt(prefix: readonly string[], args: readonly string[]): boolean {
  const [program = 'apt-get', ...rest] = [...prefix, 'apt-get', ...args]
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(program, rest, { stdio: 'inherit', env }).status === 0
}

function install(names: readonly string[]): void {
  const prefix = existsSync('/etc/debian_version') ? asRoot() : null
  if (prefix === null) return
  console.log(`setup: installing ${names.join(' ')}`)
  // A package list that cannot be renewed may still hold what is needed.
  apt(prefix, ['-qq', 'update'])
  apt(prefix, ['-qq', '-y', '--no-install-recommends', 'install', ...names])
}

const before = missing()
if (before.length > 0) install(before)
const left = missing()
if (left.length > 0) {
  console.error(
    `Please install these Debian packages (or what matches them on your system) and run again: ${left.join(' ')}`,
  )
  process.exit(1)
}
