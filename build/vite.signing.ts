// Vite configuration of the signing process: dist/electron/signing-process.js, with the drivers' native packages left outside.
import { join } from 'node:path'
import { DIST, ENTRIES } from './sides.ts'
import { nodeBundle } from './vite.node.ts'

export default nodeBundle(ENTRIES.signing, 'signing-process', join(DIST, 'electron'))
