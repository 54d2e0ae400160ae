// Small things a profile remembers on this device, each sealed under its key: the session, the clock's offset, the last page of a paper.
import type { Result } from '../../shared/refusal.ts'
import type { Replica } from './database.ts'

export interface Settings {
  /** Refuses with a storage code. @returns null when nothing was kept, or it cannot be read */
  read(key: string): Promise<Result<unknown>>
  write(key: string, value: unknown): Promise<Result<null>>
  remove(key: string): Promise<Result<null>>
}

export function createSettings({ strict, cipher, guard }: Replica): Settings {
  const placeOf = (key: string) => `setting/${key}`
  return {
    read: (key) =>
      guard.run(async () => {
        const row = await strict.setting.get(key)
        return row === undefined ? null : cipher.openJson(row.bytes, placeOf(key))
      }),
    write: (key, value) =>
      guard.run(async () => {
        await strict.setting.put({ key, bytes: await cipher.sealJson(value, placeOf(key)) })
        return null
      }),
    remove: (key) =>
      guard.run(async () => {
        await strict.setting.delete(key)
        return null
      }),
  }
}
