// Vite configuration of the hub: dist/hub/main.js and one file for each of its workers, flat beside it, where the hub looks for them.
import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import { DIST, ENTRIES, hubWorkers } from './sides.ts'
import { nodeBundle } from './vite.node.ts'

/** @returns one configuration a file: single files cannot share one build with several entries */
export default function hubConfigs(): readonly InlineConfig[] {
  const entries = [['main', ENTRIES.hub] as const, ...hubWorkers()]
  return entries.map(([name, entry]) => nodeBundle(entry, name, join(DIST, 'hub')))
}
