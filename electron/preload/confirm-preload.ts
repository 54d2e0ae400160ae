// Beside the PIN page and no other: a door with three calls. Built as one CommonJS file.
import { contextBridge, ipcRenderer } from 'electron'
import { CONFIRM_CHANNELS } from '../../shared/desktop/bridge.ts'
import { CONFIRM_KEY, type ConfirmDoor, type ConfirmView } from '../confirm/confirm-view.ts'

const door: ConfirmDoor = {
  read: async () => (await ipcRenderer.invoke(CONFIRM_CHANNELS.read)) as ConfirmView | null,
  answer: async (pin, acceptLastTry) => {
    try {
      return (await ipcRenderer.invoke(CONFIRM_CHANNELS.answer, { pin, acceptLastTry })) === true
    } finally {
      // This world's copy; the page wipes its own.
      pin?.fill(0)
    }
  },
  cancel: () => {
    void ipcRenderer.invoke(CONFIRM_CHANNELS.answer, { cancel: true })
  },
}

contextBridge.exposeInMainWorld(CONFIRM_KEY, Object.freeze(door))
