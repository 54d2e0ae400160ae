// Asks before what cannot be taken back: any code may ask, the one dialog of `confirm-dialog.tsx` shows it.

export interface Question {
  /** "Đóng biểu quyết?" */
  readonly title: string
  /** What happens and what cannot be done afterwards. */
  readonly consequence: string
  /** Repeated on the button: "Đóng biểu quyết". */
  readonly verb: string
  /** The other button; "Để nguyên" when left out. */
  readonly keep?: string
  /** Red: something ends or is lost. */
  readonly danger?: boolean
}

export interface ReasonQuestion extends Question {
  /** The label of the field; "Lý do" when left out. */
  readonly label?: string
  /** Who will read it; when left out, a sentence that the people invited will. */
  readonly help?: string
}

export interface OpenQuestion {
  readonly question: ReasonQuestion
  readonly wantsReason: boolean
  answer(value: { readonly yes: boolean; readonly reason: string }): void
}

let open: OpenQuestion | null = null
const listeners = new Set<() => void>()

function show(next: OpenQuestion | null): void {
  open = next
  for (const listener of listeners) listener()
}

function ask(question: ReasonQuestion, wantsReason: boolean): Promise<{ yes: boolean; reason: string }> {
  // One question at a time: an older one that nobody answered means no.
  open?.answer({ yes: false, reason: '' })
  return new Promise((resolve) => {
    const mine: OpenQuestion = {
      question,
      wantsReason,
      answer: (value) => {
        if (open === mine) show(null)
        resolve(value)
      },
    }
    show(mine)
  })
}

/** @returns true when the person pressed the verb; closing the dialog means no */
export async function confirmAction(question: Question): Promise<boolean> {
  return (await ask(question, false)).yes
}

/** @returns the reason (3 to 500 characters, as the acts want it); null when the person left it */
export async function askReason(question: ReasonQuestion): Promise<string | null> {
  const { yes, reason } = await ask(question, true)
  return yes ? reason : null
}

export function currentQuestion(): OpenQuestion | null {
  return open
}

export function subscribeQuestion(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
