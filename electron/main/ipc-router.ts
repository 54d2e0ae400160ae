// The only file that touches ipcMain: who asks, then what is asked, then the handler; a failure goes back as data.
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import {
  BRIDGE_CHANNELS,
  bridgeFail,
  CONFIRM_CHANNELS,
  type BridgeChannel,
  type BridgeResult,
} from '../../shared/desktop/bridge.ts'
import { answerCall, type BridgeHandlers } from '../bridge/answer.ts'
import type { ConfirmView } from '../confirm/confirm-view.ts'
import { confirmAnswerSchema, type Confirmation } from '../signing-desk/confirmation.ts'
import { isConfirmMainFrame, isOwnMainFrame } from './app-origin.ts'
import type { ConfirmWindows } from './confirm-windows.ts'

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

/** The PIN window's two calls: only for the main frame of its page, in a window that asks something. */
export function routeConfirm(windows: ConfirmWindows): void {
  ipcMain.handle(CONFIRM_CHANNELS.read, (event): ConfirmView | null => questionOf(windows, event)?.view() ?? null)
  ipcMain.handle(CONFIRM_CHANNELS.answer, (event, answer: unknown): boolean => {
    const question = questionOf(windows, event)
    const parsed = confirmAnswerSchema.safeParse(answer)
    if (question === null || !parsed.success) return false
    if (!('cancel' in parsed.data)) return question.answer(parsed.data)
    question.cancel()
    return true
  })
}

function questionOf(windows: ConfirmWindows, { sender, senderFrame }: IpcMainInvokeEvent): Confirmation | null {
  return isConfirmMainFrame(senderFrame) ? windows.of(sender.id) : null
}
