// What the screens of a meeting ask of the desktop: the shared screen, the printer and files, by the page itself where no desktop is around it.
import { notifications } from '@mantine/notifications'
import { connectBridge } from '../../../desktop/bridge.ts'
import { openSharedScreenInPage, printPage, saveInPage } from '../../../desktop/page-actions.ts'
import { i18n } from '../../../i18n/index.ts'

/** Opens Màn hình chung; says in a sentence when the window did not come. */
export async function openSharedScreen(meetingId: string): Promise<void> {
  const bridge = await connectBridge()
  const inDesktop = bridge === null ? null : await bridge.call('sharedScreen.open', { meetingId })
  const opened = inDesktop?.ok === true ? inDesktop : await openSharedScreenInPage(meetingId)
  if (!opened.ok) {
    notifications.show({ color: 'danger', message: i18n.t('sharedScreen.blocked', { ns: 'meeting' }) })
  }
}

export async function printScreen(): Promise<void> {
  const bridge = await connectBridge()
  const inDesktop = bridge === null ? null : await bridge.call('window.print', {})
  if (inDesktop?.ok !== true) printPage()
}

/** @returns false when the person thought better of it, or the file could not be written */
export async function saveFile(name: string, bytes: Uint8Array): Promise<boolean> {
  const bridge = await connectBridge()
  const inDesktop = bridge === null ? null : await bridge.call('file.save', { name, bytes: new Uint8Array(bytes) })
  if (inDesktop?.ok === true) return inDesktop.value.saved
  const inPage = saveInPage(name, bytes)
  return inPage.ok && inPage.value.saved
}
