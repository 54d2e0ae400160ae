// The only code of ours that runs beside a page: puts the frozen, narrow bridge on `window.traMy`. Built as one CommonJS file.
import { contextBridge, ipcRenderer } from 'electron'
import { BRIDGE_KEY, bridgeFail, isBridgeChannel, type Bridge, type BridgeResult } from '../../shared/desktop/bridge.ts'

const bridge: Bridge = {
  call: async (channel, request) => {
    // Checked again in the main process; here it keeps pages from naming channels that are not the bridge's.
    if (!isBridgeChannel(channel)) return bridgeFail('unknown-channel')
    try {
      return (await ipcRenderer.invoke(channel, request)) as BridgeResult<never>
    } catch {
      // A value that cannot be cloned never leaves the page.
      return bridgeFail('invalid-request')
    }
  },
}

contextBridge.exposeInMainWorld(BRIDGE_KEY, Object.freeze(bridge))
