// Tokens behind the fault-injecting module, and a client with short time limits: what the tests of faults start from.
import { createSigningClient, type SigningClient, type TokenId } from '../../../electron/signing/client.ts'
import { nodeSigningChild, type SigningChild } from '../../../electron/signing/signing-child.ts'
import { SOFT_PIN, softTokens, type SoftKeyPlan } from '../pki/soft-token.ts'
import { testPki } from '../pki/test-pki.ts'
import { mustRun, processFolder } from '../pki/tools.ts'
import { buildFaultShim, type FaultShim } from './fault-shim.ts'
import { SIGNING_ENTRY, tokenNamed } from './signing-support.ts'

export interface ShimBench {
  readonly shim: FaultShim
  readonly client: SigningClient
  /** Every process started so far, oldest first. */
  readonly started: readonly SigningChild[]
  /** Environment of the signing process. */
  readonly environment: NodeJS.ProcessEnv
  certificate(token: string, leaf: string): Uint8Array
  /** Puts one more certificate on a token. @param id CKA_ID, hex @param file PEM or DER */
  writeCertificate(token: string, id: string, file: string): Promise<void>
  tokenId(label: string): Promise<TokenId>
}

/** Short, so that a driver that hangs costs a test a second; long enough for a machine under load to start a process. */
export const SHORT_LIMITS = {
  load: 8_000,
  tokens: 3_000,
  login: 3_000,
  pinPad: 3_000,
  sign: 1_500,
  certificates: 3_000,
}

export async function shimBench(plan: Readonly<Record<string, readonly SoftKeyPlan[]>>): Promise<ShimBench> {
  const soft = await softTokens(await testPki(), plan)
  const shim = buildFaultShim(soft.modulePath, processFolder('shim'))
  const environment = { ...process.env, ...soft.environment, ...shim.environment }
  const spawn = nodeSigningChild(SIGNING_ENTRY, environment)
  const started: SigningChild[] = []
  const client = createSigningClient({
    spawn: () => {
      const child = spawn()
      started.push(child)
      return child
    },
    candidates: () => [{ path: shim.modulePath, name: 'Shim' }],
    now: () => Date.now(),
    limits: SHORT_LIMITS,
  })
  return {
    shim,
    client,
    started,
    environment,
    certificate: (token, leaf) => {
      const key = soft.tokens.find((each) => each.label === token)?.keys.find((each) => each.leaf === leaf)
      if (key === undefined) throw new Error(`no key ${leaf} on ${token}`)
      return key.certificate.der
    },
    writeCertificate: async (token, id, file) => {
      const object = ['--write-object', file, '--type', 'cert', '--id', id]
      const login = ['--token-label', token, '--login', '--pin', SOFT_PIN]
      await mustRun('pkcs11-tool', ['--module', soft.modulePath, ...login, ...object], { env: soft.environment })
    },
    tokenId: async (label) => tokenNamed(await client.tokens(), label).id,
  }
}
