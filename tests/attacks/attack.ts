// What an attack on a guarded text is, and how it is tried.

import * as Y from 'yjs'
import type { RejectionCode } from '../../hub/rooms/inspector/rejection.ts'
import { type InspectorClass, type Lab, openLab, rawUpdate, updateOf } from './inspector-lab.ts'

export interface Attack {
  readonly wants: string
  readonly run: (lab: Lab) => void
  /** What has to come of it; `accepted` marks the controls: a guard that refuses everything is no guard. */
  readonly expect: RejectionCode | 'accepted'
}

/** Contents for hand-made structs. */
export const string = (text: string) => new Y.ContentString(text)
export const any = (...values: unknown[]) => new Y.ContentAny(values)

/** Ann sends one edit of her own client. */
export function annEdits(change: (doc: Y.Doc) => void): (lab: Lab) => void {
  return (lab) => lab.send(updateOf(lab.client('ann'), change), 'ann')
}

/** Ann sends hand-made structs, starting at clock 0 of a bound id. */
export function annForges(
  build: (lab: Lab, client: number) => readonly (Y.Item | Y.GC | Y.Skip)[],
): (lab: Lab) => void {
  return (lab) => {
    lab.inspector.bind(99, 'ann')
    lab.send(rawUpdate([{ client: 99, clock: 0, structs: build(lab, 99) }]), 'ann')
  }
}

/** Runs one attack on a fresh lab; gives `accepted`, a rejection code, or `broken: …` where something else went wrong. */
export function outcomeOf(attack: Attack, inspectorClass: InspectorClass): string {
  const lab = openLab(inspectorClass)
  let outcome = 'accepted'
  try {
    attack.run(lab)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // By name: mutants bring their own class.
    outcome = error.name === 'Rejected' && 'code' in error ? String(error.code) : `broken: ${error.message}`
  }
  if (lab.doc.store.pendingStructs !== null || lab.doc.store.pendingDs !== null) return 'broken: something is pending'
  return outcome
}
