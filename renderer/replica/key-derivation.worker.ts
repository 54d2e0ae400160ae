// The thread in which a password becomes a key, so that the page stays responsive for that second.
import { deriveKeyNow, type DerivationRequest } from './key-derivation.ts'

self.onmessage = (event: MessageEvent<DerivationRequest>) => {
  self.postMessage(deriveKeyNow(event.data))
}
