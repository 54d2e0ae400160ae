// What screens may ask of the replica and the hub. Screens import hooks of `hooks.ts` that return these; they never touch Dexie, sockets or fetch.
import type * as Y from 'yjs'
import type { ActBody, ActType } from '../../shared/domain.ts'
import type { DeskBoard, MeetingBoard } from '../../shared/meeting/view.ts'
import type { AdministrationBoard, DirectoryBoard } from '../../shared/org/view.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { PdfSource } from '../reader/source.ts'

/** Trực tuyến · Đang nối lại · Ngoại tuyến. */
export interface Line {
  readonly state: 'online' | 'reconnecting' | 'offline'
  /** Acts that wait in the outbox. */
  readonly waiting: number
  /** The device's clock minus the hub's, ms; null before the hub was reached once. */
  readonly clockOffsetMs: number | null
}

export type ActOutcome =
  | { readonly state: 'accepted'; readonly id: string; readonly at: string }
  | { readonly state: 'refused'; readonly id: string; readonly code: RefusalCode }
  /** Safe on this device; it goes by itself when the line is back. */
  | { readonly state: 'waiting'; readonly id: string }
  /** Not even written on this device: nothing happened. */
  | { readonly state: 'failed'; readonly code: RefusalCode }

export type Perform = <T extends ActType>(type: T, body: ActBody<T>) => Promise<ActOutcome>

/** An act in the outbox: not yet answered by the hub. */
export interface WaitingAct {
  readonly id: string
  readonly type: ActType
  readonly body: Readonly<Record<string, unknown>>
  readonly time: string
}

/** Something of this person that the hub did not take; kept until the person has seen it. */
export interface QuarantinedItem {
  readonly id: string
  readonly kind: 'act' | 'text'
  readonly type: ActType | null
  readonly body: Readonly<Record<string, unknown>> | null
  /** For texts: what the person wrote, as plain text. */
  readonly text: string | null
  readonly code: RefusalCode
  readonly time: string
}

export interface Me {
  readonly personId: string
  readonly username: string
  readonly deviceId: string
}

/** Where the presenter is: a place in a paper, carried by awareness, never stored. */
export interface PresentedPlace {
  readonly personId: string
  readonly paperId: string
  readonly page: number
}

/** A shared text, open for as long as the component lives. `doc` holds TEXT_ROOT as an XmlFragment. */
export interface OpenText {
  readonly doc: Y.Doc
  readonly mayWrite: boolean
  readonly synced: boolean
  /** Local changes that the hub has not made durable yet. */
  readonly unsaved: boolean
}

/** Whether the papers of a meeting are on this device. */
export interface PaperSetState {
  readonly total: number
  readonly here: number
  readonly bytesTotal: number
  readonly bytesHere: number
  readonly complete: boolean
  readonly problem: RefusalCode | null
}

/** Hooks in renderer/client/hooks.ts, by name. */
export interface ClientHooks {
  useMe(): Me
  useLine(): Line
  /** Null until the first copy is on this device. */
  useDirectory(): DirectoryBoard | null
  useAdministration(): AdministrationBoard | null
  useDesk(): DeskBoard | null
  /** The organisers' board for organisers, the participants' board for everyone else. */
  useMeeting(meetingId: string): MeetingBoard | null
  usePerform(): Perform
  useWaiting(): readonly WaitingAct[]
  useQuarantine(): { readonly items: readonly QuarantinedItem[]; dismiss(id: string): Promise<void> }
  useConclusions(meetingId: string): OpenText | null
  /** Who is in this meeting's room now (person ids), and where the presenter is. */
  usePresence(meetingId: string): {
    readonly people: readonly string[]
    readonly presented: PresentedPlace | null
    present(place: { readonly paperId: string; readonly page: number } | null): void
  }
  /** Downloads what is missing while mounted, and reports "Đã tải đủ" to the hub when complete. */
  usePaperSet(meetingId: string): PaperSetState
  /** Source for the reader: bytes when the paper is on the device, otherwise read by ranges from the hub; null while unknown. */
  usePaperSource(sha256: string, size: number): PdfSource | null
  /** The hub's time, ticking every `everyMs`. */
  useNow(everyMs: number): number
}
