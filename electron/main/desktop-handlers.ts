// What each call of the bridge does in Electron.
import { app, dialog, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { bridgeFail, bridgeOk } from '../../shared/desktop/bridge.ts'
import type { BridgeHandlers } from '../bridge/answer.ts'
import { safeFileName } from '../bridge/file-name.ts'
import { bridgePlatform } from '../bridge/platform.ts'
import { createVault } from '../bridge/vault.ts'
import { writeWholeFile } from '../bridge/whole-file.ts'
import type { DeskHandlers } from '../signing-desk/desk.ts'
import { openExternally } from './page-guards.ts'
import { systemKeyring } from './system-keyring.ts'
import type { Windows } from './windows.ts'

/** @param hubUrl the hub this desktop belongs to @param windows opens and closes the shared screen @param signing the desk of this machine */
export function desktopHandlers(
  hubUrl: string,
  windows: Windows,
  signing: DeskHandlers,
): BridgeHandlers<BrowserWindow> {
  const vault = createVault(join(app.getPath('userData'), 'vault.bin'), systemKeyring(process.platform))
  return {
    'app.info': () =>
      Promise.resolve(
        bridgeOk({
          hubUrl,
          version: app.getVersion(),
          platform: bridgePlatform(process.platform),
          shell: 'electron' as const,
        }),
      ),
    'vault.read': () => vault.read(),
    'vault.write': ({ value }) => vault.write(value),
    'vault.clear': () => vault.clear(),
    'sharedScreen.open': async ({ meetingId }) => bridgeOk({ fullScreen: await windows.openSharedScreen(meetingId) }),
    'sharedScreen.close': () => Promise.resolve(bridgeOk({ closed: windows.closeSharedScreen() })),
    'link.open': async ({ url }) => ((await openExternally(url)) ? bridgeOk({}) : bridgeFail('link-refused')),
    'file.save': async ({ name, bytes }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('downloads'), safeFileName(name)),
      })
      if (canceled || filePath === '') return bridgeOk({ saved: false })
      try {
        await writeWholeFile(filePath, bytes)
        return bridgeOk({ saved: true })
      } catch {
        return bridgeFail('save-failed')
      }
    },
    'window.print': (_request, window) =>
      new Promise((done) => {
        window.webContents.print({ silent: false, printBackground: true }, (printed) => {
          done(bridgeOk({ printed }))
        })
      }),
    ...signing,
  }
}
