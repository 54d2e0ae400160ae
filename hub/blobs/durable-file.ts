// Writes a file so that after a power cut it is there whole, or not there at all; a full disk is an answer, not a crash.
import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, refuse, type Result } from '../../shared/refusal.ts'

/** What the blob store uses of `node:fs/promises`; tests hand in one whose disk is full. */
export type FileSystem = Pick<
  typeof fs,
  'mkdir' | 'open' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'stat' | 'unlink' | 'utimes'
>

export const diskFileSystem: FileSystem = fs

/** The `code` of a system error, such as `ENOENT`. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** No space, no quota, or (network disks) a file above the allowed size. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errnoOf(error) ?? '')
}

/** Answers null for a file that is not there. @throws what else the disk says */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

async function syncFolder(files: FileSystem, folder: string): Promise<void> {
  // Windows cannot open a folder for this, and its file systems journal the rename themselves.
  if (process.platform === 'win32') return
  const handle = await files.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder and the ones above it, up to `root`, each durable as an entry of the one above; once a process. */
export type FolderMaker = (folder: string) => Promise<void>

export function createFolderMaker(files: FileSystem, root: string): FolderMaker {
  const made = new Map<string, Promise<void>>()

  async function make(folder: string): Promise<void> {
    if (folder !== root) await ensure(dirname(folder))
    await files.mkdir(folder, { recursive: true })
    // Also when it was there already: the process before may have died between making it and this line.
    await syncFolder(files, dirname(folder))
  }

  function ensure(folder: string): Promise<void> {
    const known = made.get(folder)
    if (known !== undefined) return known
    const making = make(folder).catch((error: unknown) => {
      made.delete(folder)
      throw error
    })
    made.set(folder, making)
    return making
  }

  return ensure
}

/**
 * Temp file, fsync, rename, fsync of the folder. `temporary` must be on the same file system as `path`.
 * Refuses `storage-full`; then nothing half-written is left. @throws other errors of the disk, after the same tidying
 */
export async function writeDurably(
  files: FileSystem,
  makeFolder: FolderMaker,
  temporary: string,
  path: string,
  bytes: Uint8Array,
): Promise<Result<null>> {
  const draft = join(temporary, randomUUID())
  try {
    const handle = await files.open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await makeFolder(dirname(path))
    await files.rename(draft, path)
    await syncFolder(files, dirname(path))
    return ok(null)
  } catch (error) {
    await files.rm(draft, { force: true })
    if (isDiskFull(error)) return refuse('storage-full')
    throw error
  }
}
