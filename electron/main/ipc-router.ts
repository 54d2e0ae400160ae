// The only file that touches ipcMain: who asks, then what is asked, then the handler; a failure goes back as data.
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import { BRIDGE_CHANNELS, bridgeFail, type BridgeChannel, type BridgeResult } from '../../shared/desktop/bridge.ts'
import { answerCall, type BridgeHandlers } from '../bridge/answer.ts'
import { isOwnMainFrame } from './app-origin.ts'

/** Registers every channel of the contract; a handler runs only for the main frame of our own page in one of our windows. */
export function routeBridge(handlers: BridgeHandlers<BrowserWindow>): void {
  for (const channel of BRIDGE_CHANNELS) {
    ipcMain.handle(channel, (event, request: unknown) => answer(handlers, channel, event, request))
  }
}

function answer(
  handlers: BridgeHandlers<BrowserWindow>,
  channel: BridgeChannel,
  event: IpcMainInvokeEvent,
  request: unknown,
): Promise<BridgeResult<unknown>> {
  if (!isOwnMainFrame(event.senderFrame)) return Promise.resolve(bridgeFail('forbidden'))
  const window = BrowserWindow.fromWebContents(event.sender)
  if (window === null) return Promise.resolve(bridgeFail('forbidden'))
  return answerCall(handlers, channel, request, window, (broken, errorName) => {
    process.stderr.write(`bridge: ${broken} failed unforeseen (${errorName})\n`)
  })
}
