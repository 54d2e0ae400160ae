// A meeting as it stands, and the events that change it; evolve.ts says how.
import type { Capacity, MeetingKind, Presence } from './acts.ts'
import type { Choice, Counts, Verdict } from './rules.ts'

export type MeetingStatus = 'draft' | 'published' | 'open' | 'closed' | 'cancelled'

export interface Frame {
  readonly title: string
  readonly kind: MeetingKind
  readonly startsAt: string
  readonly plannedMinutes: number
  readonly room: string
  readonly chairId: string
  readonly secretaryIds: readonly string[]
}

export interface AgendaItem {
  readonly id: string
  readonly parentId: string | null
  /** Position among the items with the same parent, from 0. */
  readonly order: number
  readonly title: string
  readonly presenterId: string | null
  readonly minutes: number
  /** Time taken in finished stretches, ms. */
  readonly spentMs: number
  /** Start of the running stretch; null when it is not the current item. */
  readonly runningSince: string | null
}

export interface Paper {
  readonly id: string
  readonly itemId: string
  readonly order: number
  readonly name: string
  readonly sha256: string
  readonly size: number
  readonly pages: number
  readonly addedAt: string
  /** Added after the publication (tài liệu bổ sung). */
  readonly late: boolean
}

export interface Participant {
  readonly personId: string
  readonly capacity: Capacity
  readonly inPlaceOf: string | null
  readonly answer: 'none' | 'confirmed' | 'absent'
  readonly answerReason: string | null
  readonly presence: Presence | 'none'
  readonly presenceAt: string | null
  /** Fingerprint of the paper set that the person's device holds. */
  readonly papersReady: string | null
}

export interface Ballot {
  readonly choice: Choice
  readonly at: string
}

export interface Motion {
  readonly id: string
  readonly itemId: string
  readonly order: number
  readonly text: string
  readonly ruleSetId: string
  readonly ruleSetVersion: number
  readonly status: 'proposed' | 'open' | 'closed' | 'withdrawn'
  readonly ready: Readonly<Record<string, string>>
  /** Who has a vote on this motion, from the opening. */
  readonly electors: Readonly<Record<string, true>>
  /** Electors who were present while the vote was open. */
  readonly issued: Readonly<Record<string, true>>
  readonly ballots: Readonly<Record<string, Ballot>>
  readonly openedAt: string | null
  readonly closedAt: string | null
  readonly result: { readonly counts: Counts; readonly verdict: Verdict } | null
}

/** What changed after the publication, for the people who were already invited. */
export interface Change {
  readonly at: string
  readonly by: string
  readonly what: ChangeKind
  /** The name of the thing that changed. */
  readonly subject: string
  readonly reason: string
}
export type ChangeKind =
  | 'described'
  | 'item-added'
  | 'item-changed'
  | 'item-moved'
  | 'item-removed'
  | 'paper-added'
  | 'paper-withdrawn'
  | 'invited'
  | 'uninvited'

export interface Meeting extends Frame {
  readonly id: string
  readonly bodyId: string
  readonly ruleSetId: string
  readonly status: MeetingStatus
  readonly createdBy: string
  readonly publishedAt: string | null
  readonly openedAt: string | null
  readonly closedAt: string | null
  readonly cancelReason: string | null
  readonly items: Readonly<Record<string, AgendaItem>>
  readonly papers: Readonly<Record<string, Paper>>
  readonly participants: Readonly<Record<string, Participant>>
  readonly motions: Readonly<Record<string, Motion>>
  readonly currentItemId: string | null
  readonly writers: Readonly<Record<string, true>>
  readonly changes: readonly Change[]
}

export type MeetingEvent =
  | {
      readonly type: 'created'
      readonly meetingId: string
      readonly bodyId: string
      readonly ruleSetId: string
      readonly by: string
      readonly frame: Frame
      readonly memberIds: readonly string[]
    }
  | { readonly type: 'described'; readonly frame: Frame }
  | {
      readonly type: 'itemPut'
      readonly item: Pick<AgendaItem, 'id' | 'parentId' | 'order' | 'title' | 'presenterId' | 'minutes'>
    }
  /** New places of items: id → parent and order. */
  | { readonly type: 'itemsPlaced'; readonly places: Readonly<Record<string, Pick<AgendaItem, 'parentId' | 'order'>>> }
  | { readonly type: 'itemRemoved'; readonly itemId: string }
  | { readonly type: 'paperAttached'; readonly paper: Omit<Paper, 'addedAt'> }
  | { readonly type: 'paperWithdrawn'; readonly paperId: string }
  | {
      readonly type: 'invited'
      readonly personId: string
      readonly capacity: Capacity
      readonly inPlaceOf: string | null
    }
  | { readonly type: 'uninvited'; readonly personId: string }
  | {
      readonly type: 'changed'
      readonly by: string
      readonly what: ChangeKind
      readonly subject: string
      readonly reason: string
    }
  | { readonly type: 'published' }
  | { readonly type: 'cancelled'; readonly reason: string }
  | {
      readonly type: 'answered'
      readonly personId: string
      readonly answer: 'confirmed' | 'absent'
      readonly reason: string | null
    }
  | { readonly type: 'papersReady'; readonly personId: string; readonly fingerprint: string }
  | { readonly type: 'presence'; readonly personId: string; readonly presence: Presence }
  | { readonly type: 'opened' }
  | { readonly type: 'itemReached'; readonly itemId: string | null }
  | {
      readonly type: 'motionProposed'
      readonly motion: Pick<Motion, 'id' | 'itemId' | 'order' | 'text' | 'ruleSetId' | 'ruleSetVersion'>
    }
  | { readonly type: 'motionWithdrawn'; readonly motionId: string }
  | { readonly type: 'readyDeclared'; readonly motionId: string; readonly personId: string }
  | { readonly type: 'voteOpened'; readonly motionId: string; readonly electors: readonly string[] }
  | { readonly type: 'ballotCast'; readonly motionId: string; readonly personId: string; readonly choice: Choice }
  | { readonly type: 'voteClosed'; readonly motionId: string; readonly counts: Counts; readonly verdict: Verdict }
  | { readonly type: 'writerAllowed'; readonly personId: string; readonly allowed: boolean }
  | { readonly type: 'closed' }
