// The signing desk in Electron: drivers in utility processes, the PIN in a window of ours.
import { utilityProcess } from 'electron'
import { join } from 'node:path'
import type { AskPerson } from '../signing-desk/confirmation.ts'
import type { SigningDesk } from '../signing-desk/desk.ts'
import { deskOfThisMachine, documentFace } from '../signing-desk/this-machine.ts'
import { utilitySigningChild } from '../signing/signing-child.ts'

/** @param built folder of the built main process @param userData folder of this person's profile */
export function openDesktopDesk(built: string, userData: string, ask: AskPerson): Promise<SigningDesk> {
  const entry = join(built, 'signing-process.js')
  return deskOfThisMachine({
    ask,
    spawn: utilitySigningChild(() =>
      utilityProcess.fork(entry, [], { serviceName: 'Tra My signing', stdio: 'ignore' }),
    ),
    face: documentFace(built),
    cacheFolder: join(userData, 'evidence'),
    onFault: (error) => process.stderr.write(`signing: failed unforeseen (${error})\n`),
  })
}
