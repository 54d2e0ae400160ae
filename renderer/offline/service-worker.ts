// Opens the application in a browser when the hub cannot be reached. Built as /service-worker.js; what it may keep is in request-strategy.ts.
import { strategyFor } from './request-strategy.ts'
import { answerAsset, answerPage, answerReaderFile, refreshShell } from './shell.ts'

declare const self: ServiceWorkerGlobalScope

let refreshing: Promise<void> | null = null

/** One at a time. What cannot be brought up to date now is tried again at the next start; until then the old shell stands. */
function refresh(): Promise<void> {
  refreshing ??= refreshShell(isOneWindow)
    .catch(() => undefined)
    .finally(() => {
      refreshing = null
    })
  return refreshing
}

/** A second window may be of an earlier build and still ask for its files by name. */
async function isOneWindow(): Promise<boolean> {
  return (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).length <= 1
}

function openPage(event: FetchEvent): void {
  const { response, reached } = answerPage(event.request)
  event.respondWith(response)
  event.waitUntil(reached.then((yes) => (yes ? refresh() : undefined)))
}

self.addEventListener('install', (event) => {
  // Nothing in here depends on the build of a window, so a newer worker need not wait until all windows are closed.
  event.waitUntil(Promise.all([self.skipWaiting(), refresh()]))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  switch (strategyFor(request, self.location.origin)) {
    case 'leave':
      return
    case 'page':
      openPage(event)
      return
    case 'asset':
      event.respondWith(answerAsset(request))
      return
    case 'reader-file':
      event.respondWith(answerReaderFile(request, (work) => event.waitUntil(work.catch(() => undefined))))
      return
  }
})
