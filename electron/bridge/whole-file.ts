// Writes a file so that its name only ever shows whole content: beside it, flushed, then renamed.
import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** @throws the system's error (no space, no right); nothing is left behind then */
export async function writeWholeFile(file: string, bytes: Uint8Array, mode = 0o666): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const beside = join(dirname(file), `.${basename(file).slice(0, 40)}.${randomUUID()}.part`)
  try {
    const handle = await open(beside, 'wx', mode)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
