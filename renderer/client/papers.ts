// Papers for whoever reads or sends them: sets of meetings, single sources, uploads, and the quiet fetching of what comes next week.
import type { DeskEntry } from '../../shared/meeting/view.ts'
import type { AdmittedPaper } from '../../shared/blob/transfer.ts'
import { BLOB_PATHS } from '../../shared/blob/transfer.ts'
import type { Result } from '../../shared/refusal.ts'
import { createBlobApi } from '../replica/blobs/blob-api.ts'
import type { BlobTables } from '../replica/blobs/blob-tables.ts'
import { createPaperCache, type PaperCache } from '../replica/blobs/paper-cache.ts'
import { uploadPaper, type OnProgress } from '../replica/blobs/upload-paper.ts'
import type { PdfSource } from '../reader/source.ts'
import type { Perform } from './contract.ts'
import type { HubApi } from './hub-api.ts'
import type { LineWatch } from './line.ts'
import { watchPaperSet, type PaperSet } from './paper-set.ts'
import type { Rooms } from './rooms.ts'

const DAY_MS = 24 * 3_600_000
/** What a member will need in a place without a line is fetched while there is one. */
const AHEAD_MS = 7 * DAY_MS

export interface Papers {
  readonly cache: PaperCache
  /** Follows the set of a meeting until `close`, and reports "Đã tải đủ" once for each set. */
  ofMeeting(meetingId: string): PaperSet
  /** Null when the paper is not on the device and the hub cannot be asked. */
  source(sha256: string, size: number, online: boolean): Promise<PdfSource | null>
  readonly upload: (file: Blob, onProgress: OnProgress, signal: AbortSignal) => Promise<Result<AdmittedPaper>>
  close(): void
}

export interface PapersOptions {
  readonly tables: BlobTables
  readonly api: HubApi
  readonly session: () => string | null
  readonly rooms: Rooms
  readonly line: LineWatch
  readonly perform: Perform
}

export function createPapers({ tables, api, session, rooms, line, perform }: PapersOptions): Papers {
  const blobApi = createBlobApi(api.fetch)
  const cache = createPaperCache(tables, blobApi)
  const desk = rooms.desk()
  const reported = new Set<string>()
  let stopped = false
  let fetching: { readonly meetingId: string; stop(): void } | null = null
  const fetched = new Set<string>()

  const entryOf = (meetingId: string): DeskEntry | undefined => desk.room.view.current()?.meetings[meetingId]
  const report = (meetingId: string, fingerprint: string) => {
    const entry = entryOf(meetingId)
    const key = `${meetingId} ${fingerprint}`
    if (entry === undefined || entry.capacity === null || entry.papersReady || reported.has(key)) return
    if (entry.status !== 'published' && entry.status !== 'open') return
    reported.add(key)
    void perform('meeting.reportPapersReady', { meetingId, fingerprint })
  }
  const ofMeeting = (meetingId: string): PaperSet => {
    const part = entryOf(meetingId)?.organiser === true ? 'organisers' : 'board'
    const held = rooms.meeting(meetingId, part)
    const set = watchPaperSet(cache, (fingerprint) => report(meetingId, fingerprint))
    const look = () => {
      const board = held.room.view.current()
      if (board !== null) set.want(board.papers)
    }
    const stopLooking = held.room.view.subscribe(look)
    const stopLine = line.state.subscribe(() => {
      if (line.state.current() === 'online') set.retry()
    })
    look()
    return {
      ...set,
      close: () => {
        stopLooking()
        stopLine()
        set.close()
        held.release()
      },
    }
  }

  /** One meeting at a time, the soonest first, again whenever the desk changes or the line is back. */
  const fetchAhead = () => {
    if (stopped || fetching !== null || line.state.current() !== 'online') return
    const next = Object.values(desk.room.view.current()?.meetings ?? {})
      .filter((entry) => isSoon(entry, line.hubNow()) && !fetched.has(versionOf(entry)))
      .sort((a, b) => a.startsAt.localeCompare(b.startsAt))[0]
    if (next === undefined) return
    const set = ofMeeting(next.id)
    // The conclusions too, so that everything of the meeting opens without a line.
    const conclusions = rooms.conclusions(next.id)
    const unsubscribe = set.state.subscribe(() => {
      const { complete, problem } = set.state.current()
      if (complete || problem !== null) end()
    })
    const end = () => {
      unsubscribe()
      fetched.add(versionOf(next))
      fetching = null
      // Not at once: whoever tells of the last paper is still at work in this set.
      setTimeout(() => {
        set.close()
        conclusions.release()
        fetchAhead()
      })
    }
    fetching = {
      meetingId: next.id,
      stop: () => {
        unsubscribe()
        set.close()
        conclusions.release()
      },
    }
    const { complete } = set.state.current()
    if (complete) end()
  }
  const stopDesk = desk.room.view.subscribe(fetchAhead)
  const stopLine = line.state.subscribe(() => {
    if (line.state.current() !== 'online') return
    fetched.clear()
    fetchAhead()
  })
  fetchAhead()

  return {
    cache,
    ofMeeting,
    source: async (sha256, size, online) => {
      const bytes = await cache.bytes(sha256)
      if (bytes.ok && bytes.value !== null) return { kind: 'bytes', bytes: bytes.value }
      const credential = session()
      if (credential === null || !online) return null
      const url = api.hubUrl + BLOB_PATHS.whole(sha256)
      return { kind: 'ranged', url, headers: { authorization: `Bearer ${credential}` }, length: size }
    },
    upload: (file, onProgress, signal) => uploadPaper(file, blobApi, onProgress, signal),
    close: () => {
      stopped = true
      stopDesk()
      stopLine()
      fetching?.stop()
      desk.release()
    },
  }
}

function isSoon({ status, startsAt }: DeskEntry, now: number): boolean {
  if (status === 'open') return true
  const starts = Date.parse(startsAt)
  return status === 'published' && starts < now + AHEAD_MS && starts > now - DAY_MS
}

/** A change of the agenda or the papers makes it worth a new look. */
function versionOf({ id, paperCount, changeCount, status }: DeskEntry): string {
  return `${id} ${paperCount} ${changeCount} ${status}`
}
