// What screens ask: one hook for each thing of contract.ts. They read the replica; nothing here waits for the hub.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { AdmittedPaper } from '../../shared/blob/transfer.ts'
import type { DeskBoard, MeetingBoard } from '../../shared/meeting/view.ts'
import type { AdministrationBoard, DirectoryBoard } from '../../shared/org/view.ts'
import type { Result } from '../../shared/refusal.ts'
import type { PdfSource } from '../reader/source.ts'
import type { OnProgress } from '../replica/blobs/upload-paper.ts'
import type { StorageCode } from '../replica/storage-problem.ts'
import type { ClientHooks, Line, Me, OpenText, PaperSetState, Perform, PresentedPlace, WaitingAct } from './contract.ts'
import { heldRoom, madeWhileWatched, ticking } from './held.ts'
import { watchPresence, type PresenceView } from './presence.ts'
import { useClient, useStore, useWatch, useWorkplace } from './provider.tsx'

export function useMe(): Me {
  return useWorkplace().me
}

export function useLine(): Line {
  const { line } = useClient()
  const state = useWatch(line.state)
  const clockOffsetMs = useWatch(line.offset)
  const waiting = useWaiting().length
  return useMemo(() => ({ state, waiting, clockOffsetMs }), [state, waiting, clockOffsetMs])
}

export function useDirectory(): DirectoryBoard | null {
  const { rooms } = useWorkplace()
  return useStore(() => heldRoom(rooms.directory, (room) => room.view), [rooms])
}

/** Null for everyone but administrators. */
export function useAdministration(): AdministrationBoard | null {
  const { rooms } = useWorkplace()
  return useStore(() => heldRoom(rooms.administration, (room) => room.view), [rooms])
}

export function useDesk(): DeskBoard | null {
  const { rooms } = useWorkplace()
  return useStore(() => heldRoom(rooms.desk, (room) => room.view), [rooms])
}

export function useMeeting(meetingId: string): MeetingBoard | null {
  const { rooms } = useWorkplace()
  const organiser = useDesk()?.meetings[meetingId]?.organiser === true
  const part = organiser ? 'organisers' : 'board'
  return useStore(
    () =>
      heldRoom(
        () => rooms.meeting(meetingId, part),
        (room) => room.view,
      ),
    [rooms, meetingId, part],
  )
}

export function usePerform(): Perform {
  return useWorkplace().outbox.perform
}

export function useWaiting(): readonly WaitingAct[] {
  return useWatch(useWorkplace().outbox.waiting)
}

export function useQuarantine(): ReturnType<ClientHooks['useQuarantine']> {
  const { quarantine } = useWorkplace()
  const items = useWatch(quarantine.items)
  const dismiss = useCallback(
    async (id: string) => {
      await quarantine.dismiss(id)
    },
    [quarantine],
  )
  return useMemo(() => ({ items, dismiss }), [items, dismiss])
}

/** What the browser's storage cannot do at the moment: the person may be about to lose what is not sent. */
export function useStorageProblem(): StorageCode | null {
  return useWatch(useWorkplace().storageProblem)
}

export function useConclusions(meetingId: string): OpenText | null {
  const { rooms } = useWorkplace()
  return useStore(
    () =>
      heldRoom(
        () => rooms.conclusions(meetingId),
        (room) => room.text,
      ),
    [rooms, meetingId],
  )
}

const NOBODY: PresenceView = { people: [], presented: null }

export function usePresence(meetingId: string): ReturnType<ClientHooks['usePresence']> {
  const { rooms, me } = useWorkplace()
  const { line } = useClient()
  const store = useMemo(() => {
    const make = () => {
      const held = rooms.meeting(meetingId, 'board')
      const presence = watchPresence(held.room.socket, me.personId, line.hubNow)
      const close = () => {
        presence.close()
        held.release()
      }
      return { ...presence, close }
    }
    return madeWhileWatched(make, (presence) => presence.view, NOBODY)
  }, [rooms, me, line, meetingId])
  const view = useWatch(store)
  const present = useCallback(
    (place: Pick<PresentedPlace, 'paperId' | 'page'> | null) => store.made()?.present(place),
    [store],
  )
  return useMemo(() => ({ ...view, present }), [view, present])
}

const NO_PAPERS: PaperSetState = { total: 0, here: 0, bytesTotal: 0, bytesHere: 0, complete: false, problem: null }

export function usePaperSet(meetingId: string): PaperSetState {
  const { papers } = useWorkplace()
  const organiser = useDesk()?.meetings[meetingId]?.organiser
  const make = () =>
    madeWhileWatched(
      () => papers.ofMeeting(meetingId),
      (set) => set.state,
      NO_PAPERS,
    )
  return useStore(make, [papers, meetingId, organiser])
}

export function usePaperSource(sha256: string, size: number): PdfSource | null {
  const { papers } = useWorkplace()
  const online = useWatch(useClient().line.state) === 'online'
  const [found, setFound] = useState<{ readonly sha256: string; readonly source: PdfSource } | null>(null)
  const source = found?.sha256 === sha256 ? found.source : null
  const known = source !== null
  useEffect(() => {
    // A paper that is open stays open as it is; one that was out of reach is tried again when the line comes back.
    if (known) return
    let left = false
    void papers.source(sha256, size, online).then((fresh) => {
      if (!left && fresh !== null) setFound({ sha256, source: fresh })
    })
    return () => {
      left = true
    }
  }, [papers, sha256, size, online, known])
  return source
}

/** Sends a paper; the same function for as long as the person is logged in. */
export function useUploadPaper(): (
  file: Blob,
  onProgress: OnProgress,
  signal: AbortSignal,
) => Promise<Result<AdmittedPaper>> {
  return useWorkplace().papers.upload
}

export function useNow(everyMs: number): number {
  const { line } = useClient()
  return useStore(() => ticking(line.hubNow, everyMs), [line, everyMs])
}
