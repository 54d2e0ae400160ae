// Answers one call of the bridge for any shell: channel, shape in, handler, shape out; every failure is data.
import {
  bridgeFail,
  bridgeOk,
  isBridgeChannel,
  type BridgeChannel,
  type BridgeResult,
} from '../../shared/desktop/bridge.ts'
import { bridgeContract, type BridgeRequest, type BridgeResponse } from '../../shared/desktop/contract.ts'

/** One function a channel. `Caller` is what the shell knows of the page: its window in Electron, nothing on loopback. */
export type BridgeHandlers<Caller> = {
  readonly [C in BridgeChannel]: (request: BridgeRequest<C>, caller: Caller) => Promise<BridgeResult<BridgeResponse<C>>>
}

/** Told of what no handler foresaw. Gets the channel and the error's class only: messages may carry what the page sent. */
export type ReportUnforeseen = (channel: BridgeChannel, errorName: string) => void

/**
 * Never throws and never rejects. The caller has already been found trustworthy.
 * @returns `invalid-request` when the request is not exactly of the contract's shape, `failed` when the handler broke its word
 */
export async function answerCall<Caller>(
  handlers: BridgeHandlers<Caller>,
  channel: unknown,
  request: unknown,
  caller: Caller,
  report: ReportUnforeseen,
): Promise<BridgeResult<unknown>> {
  if (!isBridgeChannel(channel)) return bridgeFail('unknown-channel')
  const parsed = bridgeContract[channel].request.safeParse(request)
  if (!parsed.success) return bridgeFail('invalid-request')
  // The one cast: the request was parsed by the schema of this very channel, which the union of handlers cannot say.
  const handle = handlers[channel] as (request: unknown, caller: Caller) => Promise<BridgeResult<unknown>>
  try {
    const result = await handle(parsed.data, caller)
    if (!result.ok) return bridgeFail(result.code)
    return bridgeOk(bridgeContract[channel].response.parse(result.value))
  } catch (error) {
    report(channel, error instanceof Error ? error.name : typeof error)
    return bridgeFail('failed')
  }
}
