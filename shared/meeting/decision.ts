// The shape of every decision on a meeting, and what a decision may look at besides the meeting itself.
import type { OrgState } from '../org/state.ts'
import type { Result } from '../refusal.ts'
import type { MeetingEvent } from './state.ts'

export interface Context {
  /** The hub's time, UTC ISO 8601. */
  readonly now: string
  readonly org: OrgState
  /** Is this file whole at the hub, admitted as a paper, and the actor's to attach? Its true size in bytes and pages, or null. */
  readonly uploaded: (sha256: string, personId: string) => { readonly size: number; readonly pages: number } | null
}

export type Decision = Result<readonly MeetingEvent[]>
