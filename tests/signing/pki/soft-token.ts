// USB tokens without hardware: SoftHSM2 in a folder of its own, keys generated inside, certificates from the test PKI.
import { existsSync, mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LEAVES, type LeafName } from './profiles.ts'
import type { TestCertificate, TestPki } from './test-pki.ts'
import { mustRun, processFolder } from './tools.ts'

export const SOFT_PIN = '123456'
export const SOFT_SO_PIN = '87654321'

/** Debian's places for the two machines we build on, then the one of a distribution without multiarch. */
const MODULE_PATHS = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
]

export interface SoftKeyPlan {
  /** Whose name the certificate carries, as in profiles.ts; the key's kind comes from there too. */
  readonly leaf: LeafName
  /** Asks for the PIN at each signature (CKA_ALWAYS_AUTHENTICATE). */
  readonly alwaysAuthenticate?: boolean
}

export interface SoftKey {
  readonly leaf: LeafName
  /** CKA_ID, hex. */
  readonly id: string
  readonly label: string
  readonly certificate: TestCertificate
}

export interface SoftToken {
  readonly label: string
  readonly pin: string
  readonly soPin: string
  readonly keys: readonly SoftKey[]
}

export interface SoftTokens {
  readonly modulePath: string
  /** To be given to the process that loads the module. */
  readonly environment: { readonly SOFTHSM2_CONF: string }
  readonly tokens: readonly SoftToken[]
}

export const TWO_TOKENS = {
  Leader: [{ leaf: 'leader' }],
  Agency: [{ leaf: 'seal' }],
} as const satisfies Readonly<Record<string, readonly SoftKeyPlan[]>>

/** @throws where SoftHSM2 is not installed */
export function softHsmModule(): string {
  const found = MODULE_PATHS.find((path) => existsSync(path))
  if (found === undefined) throw new Error('SoftHSM2 is not installed: apt-get install softhsm2 opensc')
  return found
}

/**
 * Tokens with keys made inside them. By default the leader's token (RSA-2048) and the agency's (P-256).
 * @param plan token label → its keys
 */
export async function softTokens(
  pki: TestPki,
  plan: Readonly<Record<string, readonly SoftKeyPlan[]>> = TWO_TOKENS,
): Promise<SoftTokens> {
  const modulePath = softHsmModule()
  const folder = processFolder('softhsm')
  const SOFTHSM2_CONF = join(folder, 'softhsm2.conf')
  mkdirSync(join(folder, 'tokens'))
  await writeFile(
    SOFTHSM2_CONF,
    `directories.tokendir = ${folder}/tokens
objectstore.backend = file
log.level = ERROR
slots.removable = true
`,
  )
  const environment = { SOFTHSM2_CONF }
  const tokens: SoftToken[] = []
  for (const [label, keyPlans] of Object.entries(plan)) {
    const pins = ['--so-pin', SOFT_SO_PIN, '--pin', SOFT_PIN]
    await mustRun('softhsm2-util', ['--init-token', '--free', '--label', label, ...pins], { env: environment })
    const tool = (args: readonly string[]) =>
      mustRun('pkcs11-tool', ['--module', modulePath, '--token-label', label, '--login', '--pin', SOFT_PIN, ...args], {
        env: environment,
      })
    const keys: SoftKey[] = []
    for (const [index, keyPlan] of keyPlans.entries())
      keys.push(await makeKey({ pki, tool, folder, keyPlan, id: String(index + 1).padStart(2, '0'), token: label }))
    tokens.push({ label, pin: SOFT_PIN, soPin: SOFT_SO_PIN, keys })
  }
  return { modulePath, environment, tokens }
}

interface KeyTask {
  readonly pki: TestPki
  readonly tool: (args: readonly string[]) => Promise<string>
  readonly folder: string
  readonly keyPlan: SoftKeyPlan
  readonly id: string
  readonly token: string
}

/** Key pair in the token, public key out, certificate for it, certificate back in under the same CKA_ID. */
async function makeKey({ pki, tool, folder, keyPlan, id, token }: KeyTask): Promise<SoftKey> {
  const plan = LEAVES[keyPlan.leaf]
  const label = keyPlan.leaf
  const always = keyPlan.alwaysAuthenticate === true ? ['--always-auth'] : []
  await tool(['--keypairgen', '--key-type', tokenKeyType(plan.key), '--id', id, '--label', label, ...always])
  const base = join(folder, `${token}-${id}`)
  await tool(['--read-object', '--type', 'pubkey', '--id', id, '-o', `${base}.pub.der`])
  // No -inform: pkcs11-tool writes DER for RSA and EC, and PEM for Edwards curves.
  await mustRun('openssl', ['pkey', '-pubin', '-in', `${base}.pub.der`, '-out', `${base}.pub.pem`])
  const certificate = await pki.issue(`token-${token}-${id}-${label}`, plan, `${base}.pub.pem`)
  await writeFile(`${base}.cer`, certificate.der)
  await tool(['--write-object', `${base}.cer`, '--type', 'cert', '--id', id, '--label', label])
  return { leaf: keyPlan.leaf, id, label, certificate }
}

/** As `pkcs11-tool --key-type` says it. */
function tokenKeyType(kind: (typeof LEAVES)[LeafName]['key']): string {
  switch (kind) {
    case 'rsa:2048':
    case 'rsa:3072':
      return kind
    case 'P-256':
      return 'EC:prime256v1'
    case 'P-384':
      return 'EC:secp384r1'
    case 'ed25519':
      return 'EC:edwards25519'
  }
}
