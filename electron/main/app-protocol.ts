// Serves the built renderer at app://bundle/: one folder, known types, strict headers, and 404 for everything else.
import { protocol } from 'electron'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve } from 'node:path'
import {
  CONFIRM_KEY_PLACEHOLDER,
  confirmPolicy,
  contentSecurityPolicy,
  hubSources,
  NONCE_PLACEHOLDER,
} from '../../shared/desktop/page-policy.ts'
import { APP_HOST, APP_SCHEME, CONFIRM_HOST } from './app-origin.ts'

const HTML = 'text/html; charset=utf-8'

const TYPES: Readonly<Record<string, string>> = {
  '.html': HTML,
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  // pdf.js: character maps, Type 1 standard fonts, colour profiles
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.icc': 'application/octet-stream',
}

/** Must run before the app is ready. Neither `bypassCSP` nor `corsEnabled`: our scheme gets no right that https would not have. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** @param root folder of the built renderer @param confirmRoot of the PIN page @param hubUrl goes into `connect-src` */
export function serveApp(root: string, confirmRoot: string, hubUrl: string): void {
  const app = { root, policy: (nonce: string) => contentSecurityPolicy(nonce, hubSources(hubUrl)) }
  const confirm = { root: confirmRoot, policy: confirmPolicy }
  protocol.handle(APP_SCHEME, (request) => {
    const { host } = new URL(request.url)
    if (host === APP_HOST) return answer(request, app)
    return host === CONFIRM_HOST ? answer(request, confirm) : notFound()
  })
}

interface Served {
  readonly root: string
  readonly policy: (nonce: string) => string
}

async function answer(request: Request, { root, policy }: Served): Promise<Response> {
  const { pathname } = new URL(request.url)
  const file = fileInside(root, pathname)
  const type = file === null ? undefined : TYPES[extname(file)]
  if (request.method !== 'GET' || file === null || type === undefined) return notFound()
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) return notFound()
  const nonce = randomBytes(18).toString('base64')
  const body =
    type === HTML
      ? bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce).replaceAll(CONFIRM_KEY_PLACEHOLDER, '')
      : new Uint8Array(bytes)
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': policy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
  })
}

/** @returns null for a path that leaves the folder, whatever its encoding */
function fileInside(root: string, pathname: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
  } catch {
    return null
  }
  // A backslash is a separator on Windows, and NUL ends a name in the system's calls.
  if (/[\\\0]/.test(path)) return null
  const file = resolve(root, `.${path}`)
  const inside = relative(root, file)
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file
}

function notFound(): Response {
  return new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } })
}
