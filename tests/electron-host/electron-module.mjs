/** What `import … from 'electron'` resolves to while a bundle runs under the test host. */
const id = new URL(import.meta.url).searchParams.get('electron-host')
const host = globalThis[Symbol.for('electron-host')]?.get(id)
if (!host) throw new Error('electron imported outside the test host')

const part = (name) =>
  host.modules[name] ??
  new Proxy(function notCovered() {}, {
    get: (_t, key) => {
      throw new Error(`electron.${name}.${String(key)} is not covered by the test host`)
    },
    construct: () => {
      throw new Error(`new electron.${name}() is not covered by the test host`)
    },
  })

export const app = part('app'),
  BrowserWindow = part('BrowserWindow'),
  clipboard = part('clipboard'),
  dialog = part('dialog'),
  ipcMain = part('ipcMain'),
  Menu = part('Menu'),
  nativeTheme = part('nativeTheme'),
  net = part('net'),
  Notification = part('Notification'),
  powerMonitor = part('powerMonitor'),
  protocol = part('protocol'),
  safeStorage = part('safeStorage'),
  screen = part('screen'),
  session = part('session'),
  shell = part('shell'),
  Tray = part('Tray'),
  utilityProcess = part('utilityProcess'),
  webContents = part('webContents'),
  autoUpdater = part('autoUpdater'),
  crashReporter = part('crashReporter'),
  globalShortcut = part('globalShortcut'),
  nativeImage = part('nativeImage'),
  systemPreferences = part('systemPreferences'),
  MessageChannelMain = part('MessageChannelMain'),
  WebContentsView = part('WebContentsView')
export default host.modules
