// Whether dist/ still tells what the sources say.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DIST, ROOT } from './sides.ts'

/** Holds the moment at which the last whole build began. */
export const BUILT_STAMP = join(DIST, 'built-at')

const SOURCES = ['{electron,hub,renderer,shared,build}/**/*', 'package.json', 'package-lock.json']

/** @returns false also when a build was begun and not finished */
export function isBuildFresh(): boolean {
  if (!existsSync(BUILT_STAMP)) return false
  const builtAt = Date.parse(readFileSync(BUILT_STAMP, 'utf8'))
  return !globSync(SOURCES, { cwd: ROOT }).some((file) => {
    const found = statSync(join(ROOT, file), { throwIfNoEntry: false })
    return found?.isFile() === true && !/\.test\.tsx?$/.test(file) && found.mtimeMs >= builtAt
  })
}
