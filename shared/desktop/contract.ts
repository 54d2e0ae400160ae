// Every call a page may make of the desktop around it: one entry, one request shape, one response shape, checked both ways.
import { z } from 'zod'
import type { BridgeChannel } from './bridge.ts'
import { signingContract } from './signing-contract.ts'

/** Upper bounds, each with its reason. */
export const BRIDGE_LIMITS = {
  /** A wrapped data key and a session are under 2 kB; 64 kB leaves room and keeps the keyring's file small. */
  vaultChars: 64 * 1024,
  /** The largest paper the hub takes, signed and saved from the reader. */
  fileBytes: 256 * 1024 * 1024,
  /** Below what every file system takes, with room for " (12)" and an extension. */
  fileNameChars: 200,
  urlChars: 2048,
} as const

const nothing = z.strictObject({})

/** `http` or `https`, without credentials: the address of a hub. */
export const hubUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(BRIDGE_LIMITS.urlChars)
  .refine((url) => !url.includes('@'))

export const bridgeContract = {
  'app.info': {
    request: nothing,
    response: z.strictObject({
      hubUrl: hubUrlSchema,
      version: z.string().max(64),
      platform: z.enum(['linux', 'win32', 'darwin', 'other']),
      shell: z.enum(['electron', 'agent']),
    }),
  },
  'vault.read': {
    request: nothing,
    response: z.strictObject({ value: z.string().max(BRIDGE_LIMITS.vaultChars).nullable() }),
  },
  'vault.write': {
    request: z.strictObject({ value: z.string().max(BRIDGE_LIMITS.vaultChars) }),
    response: nothing,
  },
  'vault.clear': { request: nothing, response: nothing },
  'sharedScreen.open': {
    request: z.strictObject({ meetingId: z.uuid() }),
    // `fullScreen` says that a second display was found and filled.
    response: z.strictObject({ fullScreen: z.boolean() }),
  },
  'sharedScreen.close': { request: nothing, response: z.strictObject({ closed: z.boolean() }) },
  'link.open': {
    request: z.strictObject({ url: z.string().max(BRIDGE_LIMITS.urlChars) }),
    response: nothing,
  },
  'file.save': {
    request: z.strictObject({
      name: z.string().min(1).max(BRIDGE_LIMITS.fileNameChars),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= BRIDGE_LIMITS.fileBytes),
    }),
    // false: the person closed the dialog. The path stays with the desktop.
    response: z.strictObject({ saved: z.boolean() }),
  },
  'window.print': { request: nothing, response: z.strictObject({ printed: z.boolean() }) },
  ...signingContract,
} as const satisfies Record<BridgeChannel, { readonly request: z.ZodType; readonly response: z.ZodType }>

export type BridgeRequest<C extends BridgeChannel> = z.infer<(typeof bridgeContract)[C]['request']>
export type BridgeResponse<C extends BridgeChannel> = z.infer<(typeof bridgeContract)[C]['response']>
