// Looks into one uploaded PDF in a process (or thread) of its own, so that a hostile file costs that and never the meeting.
import { admitPdf } from '../../shared/pdf/admission.ts'

/** The bytes of the file on standard input: exactly `size`, or the sender has died. */
async function readFile(size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size)
  let filled = 0
  for await (const piece of process.stdin as AsyncIterable<Uint8Array>) {
    bytes.set(piece, filled)
    filled += piece.length
  }
  if (filled !== size) throw new Error('the file did not arrive whole')
  return bytes
}

// The time limit starts at this line: loading the PDF code on a slow disk is not the fault of the file.
process.stdout.write('ready\n')
const result = await admitPdf(await readFile(Number(process.argv[2])))
process.stdout.write(`${JSON.stringify(result)}\n`)
