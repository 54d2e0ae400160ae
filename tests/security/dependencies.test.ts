// Items 19 and 20 of the checklist: which dependencies may run scripts when they are installed, and which Electron is pinned.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import config from '../../build/electron-builder.config.ts'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly hasInstallScript?: boolean }>>
}
interface PackageJson {
  readonly allowScripts: Readonly<Record<string, boolean>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'))
const { packages } = read('package-lock.json') as Lock
const packageJson = read('package.json') as PackageJson

/** `name` or `name@version` → name; scoped names begin with an @. */
const nameOf = (entry: string) => entry.replace(/(?<=.)@[^@/]*$/, '')

test('item 19: every dependency with an install script is allowed or refused by name', () => {
  const scripted = Object.entries(packages)
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([path, { version }]) => ({ name: path.replace(/^.*node_modules\//, ''), version }))
  const decided = Object.keys(packageJson.allowScripts).map(nameOf)
  expect(scripted.map(({ name }) => name).filter((name) => !decided.includes(name))).toEqual([])
  // What is allowed is allowed in the locked version only.
  const allowed = Object.entries(packageJson.allowScripts).filter(([, may]) => may)
  const locked = scripted.map(({ name, version }) => `${name}@${version}`)
  expect(allowed.map(([entry]) => entry).filter((entry) => !locked.includes(entry))).toEqual([])
})

test('item 20: every direct dependency is pinned exactly, and the packager uses the Electron that is pinned', () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(all.filter(([, version]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(config.electronVersion).toBe(devDependencies['electron'])
})
