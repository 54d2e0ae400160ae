// Which hub this desktop belongs to: its own embedded one, or one of the office, as `desktop.json` in the data folder says.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { hubUrlSchema } from '../../shared/desktop/contract.ts'

const LARGEST_FILE = 16 * 1024

const settingsSchema = z.strictObject({
  hub: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('remote'), url: hubUrlSchema }),
    z.strictObject({
      kind: z.literal('embedded'),
      host: z.union([z.ipv4(), z.literal('localhost')]).default('127.0.0.1'),
      port: z.number().int().min(0).max(65_535).default(0),
      sampleCommune: z.boolean().default(true),
    }),
  ]),
})

export type DesktopSettings = z.infer<typeof settingsSchema>

const FRESH: DesktopSettings = { hub: { kind: 'embedded', host: '127.0.0.1', port: 0, sampleCommune: true } }

/**
 * A machine without the file gets the embedded hub with the sample commune.
 * @returns `unreadable` when the file is there and not of the expected shape: guessing could open the wrong office's hub
 */
export function readSettings(file: string): { ok: true; settings: DesktopSettings } | { ok: false } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing ? { ok: true, settings: FRESH } : { ok: false }
  }
  if (text.length > LARGEST_FILE) return { ok: false }
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text))
    return parsed.success ? { ok: true, settings: parsed.data } : { ok: false }
  } catch {
    return { ok: false }
  }
}
