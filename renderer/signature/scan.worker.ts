// The thread that looks at a file before it is signed, or writes it anew without what acts or hides: never on the page's own thread.
import { cleanForSigning } from '../../shared/pdf/scan/clean.ts'
import { scanBeforeSigning } from '../../shared/pdf/scan/scan.ts'
import { fieldStates } from '../../shared/pdf/sign/fields-of.ts'
import type { ScanAnswer, ScanQuestion } from './scan-in-worker.ts'

self.onmessage = (event: MessageEvent<ScanQuestion>) => {
  self.postMessage(answer(event.data))
}

function answer({ bytes, clean }: ScanQuestion): ScanAnswer {
  const looked = clean ? cleanForSigning(bytes) : bytes
  if (!(looked instanceof Uint8Array)) return { fault: looked.fault }
  const waiting = [...fieldStates(looked)].flatMap(([name, state]) => (state === 'empty' ? [name] : []))
  return { findings: scanBeforeSigning(looked), waiting, cleaned: clean ? looked : null }
}
