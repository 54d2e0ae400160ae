// Finds Electron's program, or fetches it: its npm package has no install script and brings only the downloader.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../node_modules/electron')

/** About 110 MB: enough on an office's line; where nothing answers, nobody waits longer than this. */
const FETCH_MS = 90_000
/** Loads its libraries and prints its version. */
const TRY_MS = 15_000

/** @param onFetch told before a download begins @returns path of a program that starts here, or null */
export async function electronProgram(onFetch: () => void): Promise<string | null> {
  const present = installed()
  if (present === null) {
    if (!existsSync(join(FOLDER, 'install.js'))) return null
    onFetch()
    if (!(await fetchElectron())) return null
  }
  const program = installed()
  return program !== null && starts(program) ? program : null
}

function installed(): string | null {
  try {
    const program = join(FOLDER, 'dist', readFileSync(join(FOLDER, 'path.txt'), 'utf8'))
    return existsSync(program) ? program : null
  } catch {
    return null
  }
}

function fetchElectron(): Promise<boolean> {
  return new Promise((fetched) => {
    const child = spawn(process.execPath, [join(FOLDER, 'install.js')], { stdio: 'ignore', timeout: FETCH_MS })
    child.once('error', () => fetched(false))
    child.once('exit', (code) => fetched(code === 0))
  })
}

/** A minimal system may lack a library that Electron needs. */
function starts(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore', timeout: TRY_MS }).status === 0
}
