// One question to the person at this machine: what is to be signed, and the PIN. Every shell shows it in a window of its own.
import { z } from 'zod'
import { PIN_BYTES, type ConfirmView } from '../confirm/confirm-view.ts'

/** `pin` null: it is typed on the device. */
export interface ConfirmAnswer {
  readonly pin: Uint8Array | null
  /** The person has confirmed that this is the last try before the token locks. */
  readonly acceptLastTry: boolean
}

/** Answered, cancelled or expired once; everything after that does nothing. */
export interface Confirmation {
  view(): ConfirmView
  /** Takes the PIN: its bytes are zeroed when it has been used, or at once when it is not wanted. @returns whether it was taken */
  answer(answer: ConfirmAnswer): boolean
  cancel(): void
}

export interface ShownConfirmation {
  /** null: the shell has opened the window itself. */
  readonly url: string | null
  /** Takes the window away; the question is over. */
  close(): void
}

/** How a shell asks. Closing the window unanswered is a cancellation. */
export type AskPerson = (confirmation: Confirmation) => ShownConfirmation

/** What the PIN window sends through Electron. */
export const confirmAnswerSchema = z.union([
  z.strictObject({ cancel: z.literal(true) }),
  z.strictObject({
    pin: z
      .instanceof(Uint8Array)
      .refine(({ byteLength }) => byteLength > 0 && byteLength <= PIN_BYTES)
      .nullable(),
    acceptLastTry: z.boolean(),
  }),
])
