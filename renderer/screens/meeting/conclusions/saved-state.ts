// How far what was typed has got, as one word: for who only reads there is nothing to save.
import type { Line, OpenText } from '../../../client/contract.ts'

export type TextSaved = 'saved' | 'saving' | 'waiting' | 'reading'

export function savedState({ unsaved }: Pick<OpenText, 'unsaved'>, mayWrite: boolean, line: Line['state']): TextSaved {
  // What was typed before the right was taken away is still on its way.
  if (unsaved) return line === 'online' ? 'saving' : 'waiting'
  return mayWrite ? 'saved' : 'reading'
}
