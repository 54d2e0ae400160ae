// What is plugged into this machine, asked again and again while a screen looks: plugging in and pulling out are noticed by themselves.
import { useEffect, useState } from 'react'
import type { Bridge, BridgeFailure } from '../../../shared/desktop/bridge.ts'
import type { BridgeResponse } from '../../../shared/desktop/contract.ts'
import { connectBridge } from '../../desktop/bridge.ts'

export type Devices = BridgeResponse<'signing.devices'>
export type Token = Devices['tokens'][number]
export type TokenCertificate = Token['certificates'][number]

export type Desktop =
  | { readonly kind: 'connecting' }
  /** A browser alone: nothing here reaches a device. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly code: BridgeFailure }
  | { readonly kind: 'ready'; readonly bridge: Bridge; readonly devices: Devices }

/** The desktop answers from what it watches anyway: this costs it nothing. */
const EVERY_MS = 600

export function useDevices(): Desktop {
  const [state, setState] = useState<Desktop>({ kind: 'connecting' })
  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (bridge: Bridge): Promise<void> => {
      const answer = await bridge.call('signing.devices', {})
      if (stopped) return
      const next: Desktop = answer.ok
        ? { kind: 'ready', bridge, devices: answer.value }
        : { kind: 'failed', code: answer.code }
      setState((before) => (sameState(before, next) ? before : next))
      timer = setTimeout(() => void look(bridge), EVERY_MS)
    }
    void connectBridge().then((bridge) => {
      if (stopped) return
      if (bridge === null) setState({ kind: 'none' })
      else void look(bridge)
    })
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [])
  return state
}

/** The same answer draws nothing anew. */
function sameState(before: Desktop, next: Desktop): boolean {
  if (before.kind === 'ready' && next.kind === 'ready')
    return JSON.stringify(before.devices) === JSON.stringify(next.devices)
  return before.kind === 'failed' && next.kind === 'failed' && before.code === next.code
}
