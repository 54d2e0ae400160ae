// Builds all sides into dist/: `npm run build`, or `node build/build.ts main preload` for some of them.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { BUILT_STAMP } from './freshness.ts'
import { DIST, DOCUMENT_FACE, ENTRIES, ROOT } from './sides.ts'
import confirm from './vite.confirm.ts'
import hubConfigs from './vite.hub.ts'
import main from './vite.main.ts'
import preload, { confirmPreload } from './vite.preload.ts'
import renderer from './vite.renderer.ts'
import signing from './vite.signing.ts'

type Side = keyof typeof ENTRIES

const CONFIGS: Readonly<Record<Side, () => readonly InlineConfig[]>> = {
  main: () => [main],
  preload: () => [preload],
  confirmPreload: () => [confirmPreload],
  confirm: () => [confirm],
  signing: () => [signing],
  hub: hubConfigs,
  renderer: () => [renderer],
}

const SIDES = Object.keys(CONFIGS) as Side[]

/** A side whose entry does not exist yet is left out, and said so. @throws what Vite throws, after it has printed it */
export async function buildSides(sides: readonly Side[]): Promise<void> {
  for (const side of sides) {
    if (!existsSync(ENTRIES[side])) {
      console.log(`build: ${side} has no entry yet, left out`)
      continue
    }
    const started = performance.now()
    for (const config of CONFIGS[side]()) await build(config)
    if (side === 'main') cpSync(join(ROOT, DOCUMENT_FACE), join(DIST, 'electron', basename(DOCUMENT_FACE)))
    console.log(`build: ${side} in ${Math.round(performance.now() - started)} ms`)
  }
}

/** Everything, from an empty folder, so that no file of an earlier build stays. */
export async function buildAll(): Promise<void> {
  const startedAt = new Date()
  rmSync(DIST, { recursive: true, force: true })
  mkdirSync(DIST, { recursive: true })
  await buildSides(SIDES)
  writeFileSync(BUILT_STAMP, startedAt.toISOString())
}

function isSide(name: string): name is Side {
  return (SIDES as readonly string[]).includes(name)
}

if (process.argv[1] === join(import.meta.dirname, 'build.ts')) {
  const asked = process.argv.slice(2)
  const unknown = asked.filter((name) => !isSide(name))
  if (unknown.length > 0) throw new Error(`no such side: ${unknown.join(', ')} (there are ${SIDES.join(', ')})`)
  await (asked.length === 0 ? buildAll() : buildSides(asked.filter(isSide)))
}
