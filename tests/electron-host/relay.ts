// A page of the app speaks to a hub: in Electron its Origin is `app://bundle`, so the host sends that in its place and turns the answer back.
import type { CDPSession } from 'playwright-core'
import { originOf, toAppUrl } from './app-urls.ts'
import type { PausedRequest } from './session.ts'

/** Headers that belong to one connection, or that Node's fetch has already undone. */
const NOT_PASSED_ON = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'])

/** @returns false when the request does not come from a page of the app and may simply go on */
export async function relayAsApp(cdp: CDPSession, { requestId, request }: PausedRequest): Promise<boolean> {
  const headers = new Headers(request.headers)
  const browserOrigin = headers.get('origin')
  const appOrigin = browserOrigin === null ? null : originOf(toAppUrl(browserOrigin))
  if (browserOrigin === null || appOrigin === null || appOrigin === browserOrigin) return false
  headers.set('origin', appOrigin)
  const parts = request.postDataEntries?.map(({ bytes = '' }) => Buffer.from(bytes, 'base64'))
  const response = await fetch(request.url, {
    method: request.method,
    headers,
    redirect: 'manual',
    ...(parts === undefined ? {} : { body: Buffer.concat(parts) }),
  }).catch(() => null)
  if (response === null) {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionRefused' })
    return true
  }
  const passedOn = Array.from(response.headers).filter(([name]) => !NOT_PASSED_ON.has(name))
  await cdp.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: passedOn.map(([name, value]) => ({ name, value: value === appOrigin ? browserOrigin : value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  })
  return true
}
