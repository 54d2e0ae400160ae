// What the commands that sign and verify have in common: the face for text, whom to believe, services, the tokens of this machine.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { TrustAnchor } from '../../../shared/pki/path-types.ts'
import { nodePkiCrypto } from '../../pki/node-crypto.ts'
import { NO_CACHE } from '../../revocation/evidence-cache.ts'
import { trustFolder } from '../../signature/trust-folder.ts'
import type { SignatureSurroundings } from '../../signature/surroundings.ts'
import { createSigningClient, type SigningClient } from '../../signing/client.ts'
import { moduleCandidates, THIS_MACHINE } from '../../signing/module-table.ts'
import { nodeSigningChild } from '../../signing/signing-child.ts'
import { textOption } from '../command.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Regular Tinos: the face of official documents, with every Vietnamese letter. */
export async function documentFace(): Promise<Uint8Array> {
  const file = createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')
  return new Uint8Array(await readFile(file))
}

/** `--trust DIR`, or nobody. @throws where the folder cannot be read */
export async function anchorsOf(values: Readonly<Record<string, unknown>>): Promise<readonly TrustAnchor[]> {
  const folder = textOption(values, 'trust')
  return folder === undefined ? [] : await trustFolder(resolve(folder))
}

/** `--trust` and `--tsa`. @throws where a file of them cannot be read */
export async function surroundingsOf(values: Readonly<Record<string, unknown>>): Promise<SignatureSurroundings> {
  const tsa = textOption(values, 'tsa')
  return {
    crypto: nodePkiCrypto,
    anchors: await anchorsOf(values),
    timestampServices: tsa === undefined ? [] : [{ url: tsa }],
    line: { proxy: null, authorities: [] },
    cache: NO_CACHE,
    now: () => Date.now(),
    font: await documentFace(),
  }
}

/** @param module a driver that is asked for by its path; otherwise every driver that this machine is known to have */
export function tokensOfThisMachine(module: string | undefined): SigningClient {
  const built = join(ROOT, 'dist/electron/signing-process.js')
  const entry = existsSync(built) ? built : join(ROOT, 'electron/signing/signing-process.ts')
  const named = module === undefined ? null : { path: resolve(module), name: module }
  return createSigningClient({
    spawn: nodeSigningChild(entry),
    candidates: () => (named === null ? moduleCandidates(THIS_MACHINE) : [named]),
    now: () => Date.now(),
  })
}
