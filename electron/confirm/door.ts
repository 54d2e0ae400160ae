// The way from this page to the desktop process: Electron's preload, or the agent that served the page.
import { CONFIRM_KEY, type ConfirmDoor, type ConfirmView } from './confirm-view.ts'

type InElectron = Window & { readonly [CONFIRM_KEY]?: ConfirmDoor }

export function openDoor(): ConfirmDoor {
  const { [CONFIRM_KEY]: own } = window as InElectron
  return own ?? agentDoor()
}

/** The key stands in this document alone; whoever only knows the address cannot speak for it. */
function agentDoor(): ConfirmDoor {
  const key = document.querySelector<HTMLMetaElement>('meta[name="confirm-key"]')?.content ?? ''
  const post = (action: string, body: BodyInit | null, headers: Readonly<Record<string, string>>, keepalive = false) =>
    fetch(`${location.pathname}/${action}`, {
      method: 'POST',
      headers: { 'x-tra-my-confirm': key, ...headers },
      body,
      keepalive,
      credentials: 'omit',
      redirect: 'error',
    })
  return {
    read: async () => {
      try {
        const response = await post('view', null, {})
        return response.ok ? ((await response.json()) as ConfirmView) : null
      } catch {
        return null
      }
    },
    answer: async (pin, acceptLastTry) => {
      const headers = {
        'content-type': 'application/octet-stream',
        'x-tra-my-last-try': acceptLastTry ? 'yes' : 'no',
      }
      try {
        return (await post('answer', new Uint8Array(pin ?? []), headers)).ok
      } catch {
        return false
      } finally {
        pin?.fill(0)
      }
    },
    cancel: () => {
      // The window may be closing: the request outlives it.
      void post('cancel', null, {}, true).catch(() => undefined)
    },
  }
}
