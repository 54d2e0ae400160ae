// What a browser gives the client: sockets, chance, locks and channels between the windows of one origin.
import type { OutboxChannel } from './outbox.ts'
import type { PageParts } from './workplace.ts'

export const browserPage: PageParts = {
  WebSocket: globalThis.WebSocket,
  random: () => Math.random(),
  alone: async (name, work) => {
    await navigator.locks.request(name, work)
  },
  // The window's own type says that any value may be posted; ours says which.
  network: globalThis,
  channel: (name): OutboxChannel => new BroadcastChannel(name),
}

/** How this device is called in the list of devices: what the browser says of itself, shortly. */
export function deviceName({ userAgent }: Pick<Navigator, 'userAgent'>): string {
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'CrOS', 'Linux'].find((name) =>
    userAgent.includes(name),
  )
  const browser = ['Electron', 'Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`))
  return [browser === 'Edg' ? 'Edge' : browser, system].filter((part) => part !== undefined).join(' · ') || 'Trà My'
}
