// Vite configuration of Electron's main process: dist/electron/main.js.
import { join } from 'node:path'
import { DIST, ENTRIES } from './sides.ts'
import { nodeBundle } from './vite.node.ts'

export default nodeBundle(ENTRIES.main, 'main', join(DIST, 'electron'))
