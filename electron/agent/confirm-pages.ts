// The PIN window of a browser: a page on the agent's own origin, whose address works once. The page that asked for the signature knows
// the address, but no other origin can read the page or answer in its place.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { CONFIRM_KEY_PLACEHOLDER, confirmPolicy } from '../../shared/desktop/page-policy.ts'
import { PIN_BYTES } from '../confirm/confirm-view.ts'
import type { AskPerson, Confirmation } from '../signing-desk/confirmation.ts'
import { readPin } from './read-pin.ts'

/** What the page is made of; its other requests carry an id. */
const FILES: Readonly<Record<string, string>> = {
  'confirm.js': 'text/javascript; charset=utf-8',
  'confirm.css': 'text/css; charset=utf-8',
}
const PREFIX = '/confirm/'
/** Made with every address: a page reads it from its own document, which nobody else can. */
const KEY_HEADER = 'x-tra-my-confirm'
const LAST_TRY_HEADER = 'x-tra-my-last-try'

export interface ConfirmPages {
  readonly ask: AskPerson
  /** The agent listens: addresses can be given. */
  attach(port: number): void
  /** @returns false: not one of these addresses */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>
}

interface Question {
  readonly confirmation: Confirmation
  /** null: the page has not been fetched yet; once it has, its address is spent. */
  key: string | null
}

/** @param folder of the built PIN page */
export function createConfirmPages(folder: string): ConfirmPages {
  const questions = new Map<string, Question>()
  let own = ''

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = request.url ?? ''
    if (!path.startsWith(PREFIX)) return false
    const [name = '', action, more] = path.slice(PREFIX.length).split('/')
    if (request.headers.host !== own.slice('http://'.length)) refuse(response, 421)
    else if (more !== undefined) refuse(response, 404)
    else if (request.method === 'GET') await give(request, response, name, action)
    else if (request.method === 'POST') await take(request, response, name, action)
    else refuse(response, 405)
    return true
  }

  async function give(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    action: string | undefined,
  ): Promise<void> {
    const { 'sec-fetch-dest': target, 'sec-fetch-site': site } = request.headers
    const type = FILES[name]
    if (action !== undefined) refuse(response, 404)
    else if (type !== undefined && site === 'same-origin') send(response, type, await readFile(join(folder, name)))
    // Only as the document of a window: not inside a page, and not for a script to read.
    else if (target === 'document') await page(response, name)
    else refuse(response, 404)
  }

  async function page(response: ServerResponse, id: string): Promise<void> {
    const question = questions.get(id)
    if (question === undefined || question.key !== null) {
      refuse(response, 404)
      return
    }
    const key = randomBytes(32).toString('base64url')
    question.key = key
    const html = await readFile(join(folder, 'index.html'), 'utf8')
    send(response, 'text/html; charset=utf-8', html.replaceAll(CONFIRM_KEY_PLACEHOLDER, key))
  }

  async function take(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    action: string | undefined,
  ): Promise<void> {
    const question = questions.get(id)
    if (request.headers.origin !== own) refuse(response, 403)
    else if (question === undefined || !holdsKey(question, request)) refuse(response, 404)
    else if (action === 'view')
      send(response, 'application/json', Buffer.from(JSON.stringify(question.confirmation.view())))
    else if (action === 'cancel') {
      question.confirmation.cancel()
      refuse(response, 204)
    } else if (action === 'answer') await answer(request, response, question.confirmation)
    else refuse(response, 404)
  }

  async function answer(request: IncomingMessage, response: ServerResponse, confirmation: Confirmation): Promise<void> {
    if (request.headers['content-type'] !== 'application/octet-stream') {
      refuse(response, 415)
      return
    }
    const pin = await readPin(request, PIN_BYTES)
    if (pin === null) {
      refuse(response, 413)
      return
    }
    const acceptLastTry = headerOf(request, LAST_TRY_HEADER) === 'yes'
    // No bytes: the PIN is typed on the device.
    const taken = confirmation.answer({ pin: pin.byteLength === 0 ? null : pin, acceptLastTry })
    refuse(response, taken ? 204 : 409)
  }

  return {
    ask: (confirmation) => {
      const id = randomBytes(32).toString('base64url')
      questions.set(id, { confirmation, key: null })
      return { url: `${own}${PREFIX}${id}`, close: () => void questions.delete(id) }
    },
    attach: (port) => {
      own = `http://127.0.0.1:${port}`
    },
    serve,
  }
}

const headerOf = ({ headers }: IncomingMessage, name: string): string => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

function holdsKey({ key }: Question, request: IncomingMessage): boolean {
  return key !== null && isSame(key, headerOf(request, KEY_HEADER))
}

/** The time it takes tells nothing of how much of a guess was right. */
function isSame(known: string, given: string): boolean {
  const [a, b] = [Buffer.from(known), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(200, { 'content-type': type, ...HEADERS })
  response.end(body)
}

function refuse(response: ServerResponse, status: number): void {
  if (status >= 400) response.setHeader('connection', 'close')
  response.writeHead(status, HEADERS).end()
}

/** Another origin may neither hold this window, nor frame it, nor load its parts; nothing of it is kept. */
const HEADERS = {
  'content-security-policy': confirmPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const
