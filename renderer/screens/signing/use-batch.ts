// One batch on its way: begun here, confirmed in the desktop's own window, followed until each paper is signed or said why not.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Bridge, BridgeFailure } from '../../../shared/desktop/bridge.ts'
import type { BridgeRequest, BridgeResponse } from '../../../shared/desktop/contract.ts'
import type { SigningCode } from '../../../shared/desktop/signing-codes.ts'

export type Start = BridgeRequest<'signing.start'>
export type Level = Start['order']['level']
export type BatchState = BridgeResponse<'signing.state'>
export type DocumentState = BatchState['documents'][number]
export type Missing = NonNullable<DocumentState['missing']>

export interface Signed {
  readonly bytes: Uint8Array
  readonly level: string
  readonly missing: Missing | null
  readonly saved: boolean
}

export interface Batch {
  readonly id: string
  readonly token: Start['token']
  readonly wanted: Level
  readonly trust: Start['trust']
  readonly names: ReadonlyMap<string, string>
  readonly state: BatchState
  /** The window was not let up: a click of the person may open it. */
  readonly blocked: string | null
  /** The desktop did not do what was asked last. */
  readonly fault: BridgeFailure | null
  readonly signed: ReadonlyMap<string, Signed>
}

export interface BatchControls {
  readonly batch: Batch | null
  /** @returns why it was not begun; null when it was */
  readonly start: (bridge: Bridge, request: Start) => Promise<BridgeFailure | null>
  readonly resume: () => Promise<void>
  readonly cancel: () => Promise<void>
  readonly openWindow: () => void
  readonly raise: (document: string) => Promise<SigningCode | BridgeFailure | null>
  readonly markSaved: (document: string) => void
  readonly leave: () => void
}

const EVERY_MS = 600
const OVER: ReadonlySet<BatchState['phase']> = new Set<BatchState['phase']>(['done', 'cancelled'])

/** @returns false when the browser did not let it up */
function openConfirmation(url: string): boolean {
  const opened = window.open(url, 'tra-my-signing', 'popup,width=900,height=760')
  opened?.focus()
  return opened !== null
}

export function useBatch(): BatchControls {
  const [batch, setBatch] = useState<Batch | null>(null)
  const bridge = useRef<Bridge | null>(null)
  const change = useCallback((part: Partial<Batch>) => setBatch((before) => before && { ...before, ...part }), [])
  const putSigned = useCallback((id: string, signed: Partial<Signed>) => {
    setBatch((before) => {
      if (before === null) return null
      const now: Signed = {
        bytes: new Uint8Array(),
        level: 'none',
        missing: null,
        saved: false,
        ...before.signed.get(id),
      }
      return { ...before, signed: new Map([...before.signed, [id, { ...now, ...signed }]]) }
    })
  }, [])
  const confirmUrl = (url: string | null): string | null => (url === null || openConfirmation(url) ? null : url)

  const start = useCallback(async (through: Bridge, request: Start) => {
    const answer = await through.call('signing.start', request)
    if (!answer.ok) return answer.code
    bridge.current = through
    const { batch: id, confirmUrl: url } = answer.value
    const waiting = { state: 'waiting', level: null, code: null, missing: null } as const
    setBatch({
      id,
      token: request.token,
      wanted: request.order.level,
      trust: request.trust,
      names: new Map(request.documents.map((each) => [each.id, each.name])),
      state: {
        phase: 'confirming',
        code: null,
        documents: request.documents.map((each) => ({ ...waiting, id: each.id })),
      },
      blocked: confirmUrl(url),
      fault: null,
      signed: new Map(),
    })
    return null
  }, [])

  const [id, phase] = [batch?.id, batch?.state.phase]
  useEffect(() => {
    if (id === undefined || phase === undefined || OVER.has(phase)) return
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const answer = await bridge.current?.call('signing.state', { batch: id })
      if (stopped || answer === undefined) return
      if (answer.ok) change({ state: answer.value, fault: null })
      else change({ fault: answer.code })
      if (answer.ok || answer.code !== 'batch-unknown') timer = setTimeout(() => void look(), EVERY_MS)
    }
    timer = setTimeout(() => void look(), EVERY_MS)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [id, phase, change])
  useFetched(batch, bridge, putSigned, change)

  const resume = useCallback(async () => {
    if (id === undefined) return
    const answer = await bridge.current?.call('signing.resume', { batch: id })
    if (answer?.ok === true) {
      const blocked = confirmUrl(answer.value.confirmUrl)
      setBatch(
        (before) =>
          before && { ...before, blocked, fault: null, state: { ...before.state, phase: 'confirming', code: null } },
      )
    } else if (answer !== undefined) change({ fault: answer.code })
  }, [id, change])
  const cancel = useCallback(async () => {
    if (id === undefined) return
    const answer = await bridge.current?.call('signing.cancel', { batch: id })
    if (answer?.ok === false && answer.code !== 'batch-unknown') change({ fault: answer.code })
    else setBatch((before) => before && { ...before, state: { ...before.state, phase: 'cancelled', code: null } })
  }, [id, change])
  const openWindow = useCallback(() => {
    const url = batch?.blocked ?? null
    if (url !== null && openConfirmation(url)) change({ blocked: null })
  }, [batch?.blocked, change])
  const raise = useCallback(
    async (document: string) => {
      const signed = batch?.signed.get(document)
      if (batch === null || signed === undefined) return null
      const request = { bytes: new Uint8Array(signed.bytes), level: batch.wanted, trust: batch.trust }
      const answer = await bridge.current?.call('signing.raise', request)
      if (answer === undefined) return null
      if (!answer.ok) return answer.code
      if (!answer.value.raised) return answer.value.code
      const { bytes, level, missing } = answer.value
      putSigned(document, { bytes, level, missing, saved: false })
      return null
    },
    [batch, putSigned],
  )
  const markSaved = useCallback((document: string) => putSigned(document, { saved: true }), [putSigned])
  const leave = useCallback(() => setBatch(null), [])
  return { batch, start, resume, cancel, openWindow, raise, markSaved, leave }
}

/** Signed papers are taken over at once: the desktop forgets a batch after half an hour. */
function useFetched(
  batch: Batch | null,
  bridge: { readonly current: Bridge | null },
  putSigned: (id: string, signed: Partial<Signed>) => void,
  change: (part: Partial<Batch>) => void,
): void {
  const asked = useRef(new Set<string>())
  useEffect(() => {
    for (const { id, state, level, missing } of batch?.state.documents ?? []) {
      if (batch === null || state !== 'signed' || asked.current.has(id)) continue
      asked.current.add(id)
      void bridge.current?.call('signing.result', { batch: batch.id, document: id }).then((answer) => {
        if (answer.ok) putSigned(id, { bytes: answer.value.bytes, level: level ?? 'none', missing })
        else {
          // Asked again with the next answer about the batch.
          if (answer.code !== 'batch-unknown') asked.current.delete(id)
          change({ fault: answer.code })
        }
      })
    }
  }, [batch, bridge, putSigned, change])
}
