// Makes the client of this page: which hub, which place for the credentials, what the browser gives.
import { browserPage, deviceName } from '../client/browser-page.ts'
import { createClient, type Client } from '../client/client.ts'
import { connectBridge } from '../desktop/bridge.ts'
import { deriveInWorker } from '../replica/derive-in-worker.ts'

/** A hub that serves the page is at the page's own origin; the desktop says where its hub is. */
export async function startClient(): Promise<Client> {
  const bridge = await connectBridge()
  const info = bridge === null ? null : await bridge.call('app.info', {})
  const client = createClient({
    hubUrl: info?.ok === true ? info.value.hubUrl : hubOfPage(),
    bridge,
    tab: sessionStorage,
    deviceName: deviceName(navigator),
    derive: deriveInWorker,
    page: browserPage,
  })
  void client.session.start()
  return client
}

/** Where Vite serves the page in development, the hub is elsewhere. */
function hubOfPage(): string {
  const elsewhere: unknown = import.meta.env['VITE_HUB_URL']
  return typeof elsewhere === 'string' && elsewhere !== '' ? elsewhere : location.origin
}
