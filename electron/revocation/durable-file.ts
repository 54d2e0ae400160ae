// Writes a file so that a power cut leaves either the old or the new one, and the new one once this resolves.
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeWholeFile } from '../bridge/whole-file.ts'

/** @throws the system's error; the old file stands then */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  await writeWholeFile(file, bytes, 0o600)
  // Windows cannot open a folder for this, and its file systems journal the rename themselves.
  if (process.platform === 'win32') return
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
