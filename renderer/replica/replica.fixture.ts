// A replica on an in-memory IndexedDB, for tests: opened again under one name and key it is the same device after a restart.
import 'fake-indexeddb/auto'
import { createCipher, newDataKey } from './cipher.ts'
import { openReplica, type Replica } from './database.ts'

export interface TestDevice {
  readonly name: string
  start(): Promise<Replica>
}

export function testDevice(): TestDevice {
  const dataKey = newDataKey()
  const name = `test-${crypto.randomUUID()}`
  return { name, start: async () => openReplica(name, await createCipher(dataKey)) }
}
