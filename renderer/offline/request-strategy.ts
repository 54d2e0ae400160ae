// What the service worker does with a request: pure, so that every kind of request can be asked about in a test.

/**
 * `leave`: the browser does what it would do without us. `page`: the hub first, then the kept page.
 * `asset`: the kept file first, since its name tells its content. `reader-file`: the hub first, kept on first use.
 */
export type Strategy = 'leave' | 'page' | 'asset' | 'reader-file'

export interface Asked {
  readonly method: string
  /** `navigate` when a window goes somewhere. */
  readonly mode: string
  /** Absolute. */
  readonly url: string
}

/** Where the build writes what the shell consists of, and the worker that keeps it. */
export const LIST_PATH = '/shell-files.json'
export const PAGE_PATH = '/'

const PAGE_NAME = 'index.html'
/** As the build names files: no folder below, no way up, no query. */
const ASSET = /^assets\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/
const READER_FILE = /^\/pdfjs\/[a-z_]+\/[A-Za-z0-9_-][A-Za-z0-9_.-]*$/
/** A build has about a hundred; a list beyond this is not ours. */
const MOST_FILES = 2000

/**
 * Only what is named here is ever kept. Anything else, first of all what lies below /api/ and /sync/, is people's, and
 * a path that the hub gets one day must not end in this cache because nobody thought of it.
 * @param origin of the worker itself, as in `location.origin`
 */
export function strategyFor({ method, mode, url }: Asked, origin: string): Strategy {
  if (method !== 'GET') return 'leave'
  const asked = new URL(url)
  if (asked.origin !== origin) return 'leave'
  const { pathname } = asked
  // Screens are behind the hash: the application has one page. An address that the hub does not know stays unknown.
  if (mode === 'navigate') return pathname === PAGE_PATH || pathname === `/${PAGE_NAME}` ? 'page' : 'leave'
  if (ASSET.test(pathname.slice(1))) return 'asset'
  return READER_FILE.test(pathname) ? 'reader-file' : 'leave'
}

/**
 * Reads the list of the shell's files: the page, and at least one file it needs.
 * @returns paths of the files to keep beside the page; null when this is not such a list, of which then nothing is taken
 */
export function assetsOf(list: unknown): readonly string[] | null {
  if (!Array.isArray(list) || list.length > MOST_FILES || !list.includes(PAGE_NAME)) return null
  const names: readonly unknown[] = list.filter((name) => name !== PAGE_NAME)
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && ASSET.test(name))) return null
  return [...new Set(names.map((name) => `/${name as string}`))]
}
