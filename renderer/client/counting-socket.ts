// A WebSocket that tells what it sends: the hub acknowledges by counting, so the client must count the same messages.
import * as decoding from 'lib0/decoding'
import { MESSAGE } from '../../shared/hub/wire.ts'

export type SentSync = 'missing' | 'update'

const STEP_2 = 1
const UPDATE = 2

/**
 * Passed to y-websocket's provider as its WebSocket class; everything else of it is the browser's.
 * @param onSync called right before a message with document content goes out
 */
export function countingSocket(base: typeof WebSocket, onSync: (kind: SentSync) => void): typeof WebSocket {
  return class extends base {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      const kind = ArrayBuffer.isView(data)
        ? syncKind(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
        : null
      if (kind !== null) onSync(kind)
      super.send(data as Parameters<WebSocket['send']>[0])
    }
  }
}

function syncKind(message: Uint8Array): SentSync | null {
  const decoder = decoding.createDecoder(message)
  if (decoding.readVarUint(decoder) !== MESSAGE.sync) return null
  const step = decoding.readVarUint(decoder)
  if (step === STEP_2) return 'missing'
  return step === UPDATE ? 'update' : null
}
