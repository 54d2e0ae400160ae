// The shell on this device: one page with its policy, the files it is made of, and what the reader fetched by name. Nothing of people.
import { assetsOf, LIST_PATH, PAGE_PATH } from './request-strategy.ts'

const SHELL = 'tra-my-shell'
/** By the name of pdf.js's own folders; not part of a version, since these files change only with pdf.js. */
const READER_FILES = 'tra-my-reader-files'

/** How long a line that answers nothing may hold up a start when there is a page to show. */
const PATIENCE_MS = 3000

/** The hub varies answers by origin; for its own page there is one origin. */
const ANY_VARIANT = { ignoreVary: true } as const

/**
 * Brings the kept shell to what the hub has now. Files are named by their content, so those of two builds lie side by
 * side, and the one page that is kept decides which build opens: it is exchanged last, in one step, after everything it
 * needs is here. Whatever fails before leaves the shell as it was.
 * @param alone says whether no other window may still ask for files of an earlier build
 * @throws when the hub cannot be reached or its build is not whole
 */
export async function refreshShell(alone: () => Promise<boolean>): Promise<void> {
  const listed = await fetchList()
  const assets = assetsOf(JSON.parse(listed))
  if (assets === null) throw new Error('the list of the shell is not one')
  const shell = await caches.open(SHELL)
  const kept = new Set((await shell.keys()).map(({ url }) => new URL(url).pathname))
  // All or none: `addAll` stores nothing when one of them is missing.
  await shell.addAll(assets.filter((path) => !kept.has(path)).map((path) => new Request(path, { redirect: 'error' })))
  const page = await fetch(PAGE_PATH, { cache: 'no-store', redirect: 'error' })
  if (!isOwnPage(page)) throw new Error('the page is not the application')
  // A build that was replaced between the list and the page would be half of each.
  if ((await fetchList()) !== listed) throw new Error('the build changed meanwhile')
  // The whole answer: the policy's nonce is written in the page and must stay with it.
  await shell.put(PAGE_PATH, page)
  if (!(await alone())) return
  const needed = new Set([PAGE_PATH, ...assets])
  const stale = [...kept].filter((path) => !needed.has(path))
  await Promise.all(stale.map((path) => shell.delete(path, ANY_VARIANT)))
}

async function fetchList(): Promise<string> {
  const answer = await fetch(LIST_PATH, { cache: 'no-store', redirect: 'error' })
  if (!answer.ok) throw new Error(`the list of the shell: ${answer.status}`)
  return await answer.text()
}

function isOwnPage(page: Response): boolean {
  return page.status === 200 && page.type === 'basic' && page.headers.has('content-security-policy')
}

export interface PageAnswer {
  /** The hub's page, or the kept one when the hub does not answer in time or says that it is broken; rejects as fetch does when there is neither. */
  readonly response: Promise<Response>
  /** Whether the hub gave the page in the end, perhaps after the kept one was shown; never rejects. */
  readonly reached: Promise<boolean>
}

export function answerPage(request: Request): PageAnswer {
  const asked = fetch(request)
  return {
    response: pageInTime(asked),
    reached: asked.then(
      ({ ok }) => ok,
      () => false,
    ),
  }
}

async function pageInTime(asked: Promise<Response>): Promise<Response> {
  const inTime = await firstOf(asked, PATIENCE_MS)
  if (inTime !== null && inTime.status < 500) return inTime
  const kept = await caches.match(PAGE_PATH, { cacheName: SHELL, ...ANY_VARIANT })
  return kept ?? (await asked)
}

export async function answerAsset(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { cacheName: SHELL, ...ANY_VARIANT })
  return kept ?? (await fetch(request))
}

/** @param afterwards is given the work that may go on after the answer */
export async function answerReaderFile(request: Request, afterwards: (work: Promise<void>) => void): Promise<Response> {
  const asked = fetch(request)
  const inTime = await firstOf(asked, PATIENCE_MS)
  if (inTime?.status === 200) {
    const copy = inTime.clone()
    afterwards(caches.open(READER_FILES).then((files) => files.put(request.url, copy)))
    return inTime
  }
  const kept = await caches.match(request.url, { cacheName: READER_FILES, ...ANY_VARIANT })
  return kept ?? inTime ?? (await asked)
}

/** @returns null when it failed or took longer; a later failure is then nobody's any more */
async function firstOf<T>(work: Promise<T>, limitMs: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs)
  })
  const settled = work.catch(() => null)
  const first = await Promise.race([settled, late])
  clearTimeout(timer)
  return first
}
