// Serves the built renderer to browsers: one folder, known types, a strict policy by header, a fresh style nonce for each page.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { contentSecurityPolicy, hubSources, NONCE_PLACEHOLDER } from '../../shared/desktop/page-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.wasm': 'application/wasm',
  '.icc': 'application/vnd.iccprofile',
}

/** Vite names built files by their content. */
const IMMUTABLE = /^assets\//

/** The loopback agent listens on a port of its own on this very machine. */
const AGENT_SOURCES = ['http://127.0.0.1:*'] as const

export function serveScreens(app: FastifyInstance, folder: string): void {
  app.get('/*', async (request, reply) => {
    const path = decoded((request.params as { '*': string })['*'])
    const file = path === null ? null : inside(folder, path === '' ? 'index.html' : path)
    const type = file === null ? undefined : TYPES[extname(file)]
    if (file === null || type === undefined) return await notFound(reply)
    try {
      const bytes = await readFile(file)
      const body = extname(file) === '.html' ? withPolicy(reply, bytes, `${request.protocol}://${request.host}`) : bytes
      const keep = IMMUTABLE.test(path ?? '') ? 'public, max-age=31536000, immutable' : 'no-cache'
      return await reply.header('cache-control', keep).type(type).send(body)
    } catch {
      return await notFound(reply)
    }
  })
}

function withPolicy(reply: FastifyReply, html: Buffer, ownUrl: string): string {
  const nonce = randomBytes(16).toString('base64url')
  void reply
    .header('content-security-policy', contentSecurityPolicy(nonce, [...hubSources(ownUrl), ...AGENT_SOURCES]))
    .header('cross-origin-opener-policy', 'same-origin')
    .header('x-frame-options', 'DENY')
  return html.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)
}

function inside(folder: string, path: string): string | null {
  const file = resolve(folder, path)
  const way = relative(folder, file)
  return way === '' || way.startsWith('..') || isAbsolute(way) || way.includes('\0') ? null : file
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

async function notFound(reply: FastifyReply): Promise<FastifyReply> {
  return await reply.code(404).type('text/plain').send('not found')
}
