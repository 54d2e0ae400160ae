// The desk with what this machine has: its drivers, its line, the face for text, a folder for evidence.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { nodePkiCrypto } from '../pki/node-crypto.ts'
import { evidenceCache } from '../revocation/evidence-cache.ts'
import { createSigningClient, type SigningClient } from '../signing/client.ts'
import { moduleCandidates, THIS_MACHINE } from '../signing/module-table.ts'
import type { SpawnSigning } from '../signing/signing-child.ts'
import type { AskPerson } from './confirmation.ts'
import { createSigningDesk, type SigningDesk } from './desk.ts'
import { timers } from './schedule.ts'

/** The name of the face beside the built main process. */
export const FACE = 'Tinos_400Regular.ttf'

export interface DeskPlaces {
  readonly ask: AskPerson
  /** Instead of the drivers of this machine. */
  readonly client?: SigningClient
  readonly spawn: SpawnSigning
  /** The face of documents: a TrueType file. */
  readonly face: string
  /** Where answers about revocation are kept. */
  readonly cacheFolder: string
  readonly onFault: (error: string) => void
}

/** @throws where the face cannot be read: it comes with the application */
export async function deskOfThisMachine(places: DeskPlaces): Promise<SigningDesk> {
  const font = new Uint8Array(await readFile(places.face))
  const now = (): number => Date.now()
  return createSigningDesk({
    client:
      places.client ??
      createSigningClient({ spawn: places.spawn, candidates: () => moduleCandidates(THIS_MACHINE), now }),
    ask: places.ask,
    own: {
      crypto: nodePkiCrypto,
      line: { proxy: null, authorities: [] },
      cache: evidenceCache(places.cacheFolder),
      now,
      font,
    },
    schedule: timers,
    onFault: places.onFault,
  })
}

/** @param built folder of the built main process. Regular Tinos: the face of official documents, with every Vietnamese letter. */
export function documentFace(built: string): string {
  const copied = join(built, FACE)
  if (existsSync(copied)) return copied
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/400Regular/${FACE}`)
}
