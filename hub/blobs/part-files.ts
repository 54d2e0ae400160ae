// Parts and manifests as plain files: where they lie, how they are written, listed and taken away.
import { join } from 'node:path'
import type { Result } from '../../shared/refusal.ts'
import { createFolderMaker, orNull, writeDurably, type FileSystem } from './durable-file.ts'

/** One kind of file, named by a hash, in two levels of folders: 65,536 folders keep each one short. */
export interface HashFolder {
  path(hash: string): string
  /** Durable when it answers. Refuses `storage-full`. */
  write(hash: string, bytes: Uint8Array): Promise<Result<null>>
  /** Bytes on disk, or null when there is no such file. */
  length(hash: string): Promise<number | null>
  /** Milliseconds since 1970 of the last write or `touch`. */
  touchedAt(hash: string): Promise<number | null>
  touch(hash: string, at: Date): Promise<void>
  remove(hash: string): Promise<void>
  /** Every name, in no order. */
  names(): AsyncIterable<string>
}

export function openHashFolder(files: FileSystem, temporary: string, root: string, suffix: string): HashFolder {
  const path = (hash: string) => join(root, hash.slice(0, 2), hash.slice(2, 4), hash + suffix)
  const makeFolder = createFolderMaker(files, root)
  return {
    path,
    write: (hash, bytes) => writeDurably(files, makeFolder, temporary, path(hash), bytes),
    length: async (hash) => (await orNull(files.stat(path(hash))))?.size ?? null,
    touchedAt: async (hash) => (await orNull(files.stat(path(hash))))?.mtimeMs ?? null,
    touch: async (hash, at) => {
      await orNull(files.utimes(path(hash), at, at))
    },
    remove: (hash) => files.rm(path(hash), { force: true }),
    async *names() {
      for (const first of (await orNull(files.readdir(root))) ?? []) {
        for (const second of await files.readdir(join(root, first))) {
          for (const name of await files.readdir(join(root, first, second))) {
            if (name.endsWith(suffix)) yield name.slice(0, name.length - suffix.length)
          }
        }
      }
    },
  }
}

/** Reads bytes `start` up to but not including `end` of a file, and closes it however the reader stops. */
export async function readSlice(files: FileSystem, path: string, start: number, end: number): Promise<Uint8Array> {
  const handle = await files.open(path, 'r')
  try {
    const bytes = new Uint8Array(end - start)
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
      if (bytesRead === 0) throw new Error('a part is shorter than its manifest says')
      filled += bytesRead
    }
    return bytes
  } finally {
    await handle.close()
  }
}
