// TSA, OCSP responder, CRL and issuer certificates on loopback over the real openssl, with a switch for each way to fail.
import { readFile, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { answerOcsp, type OcspAnswer } from './ocsp-service.ts'
import type { IssuerName, LeafName } from './profiles.ts'
import type { TestPki } from './test-pki.ts'
import { answerTimestamp, type TimestampAnswer } from './timestamp-service.ts'
import { mustRun, processFolder } from './tools.ts'
import { deliver, type Answer, type TransportFault } from './transport-faults.ts'

interface Line {
  transport: TransportFault
  /** Before the first byte of the answer. */
  delayMs: number
}
export interface TimestampSwitches extends Line {
  answer: TimestampAnswer
  signer: LeafName
}
export interface OcspSwitches extends Line {
  answer: OcspAnswer
}
export interface CrlSwitches extends Line {
  answer: 'right' | 'stale' | 'of-stranger' | 'pem'
}
export interface IssuerSwitches extends Line {
  answer: 'certificate' | 'certs-only' | 'of-stranger'
}

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly contentType: string
  readonly headers: IncomingMessage['headers']
  readonly body: Uint8Array
}

export interface TrustServices extends AsyncDisposable {
  /** Addresses; the second TSA is for fallback. */
  readonly tsaUrl: string
  readonly secondTsaUrl: string
  readonly tsa: TimestampSwitches
  readonly secondTsa: TimestampSwitches
  readonly ocsp: OcspSwitches
  readonly crl: CrlSwitches
  readonly issuers: IssuerSwitches
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[]
}

const LINE: Line = { transport: 'none', delayMs: 0 }
/** What the services themselves read; a timestamp request has about a hundred bytes. */
const REQUEST_BYTES = 64 * 1024

/** At most one at a time for one PKI: its certificates name one address. */
export function trustServices(pki: TestPki): TrustServices {
  const requests: SeenRequest[] = []
  const switches = {
    tsa: { ...LINE, answer: 'right', signer: 'tsa' } as TimestampSwitches,
    secondTsa: { ...LINE, answer: 'right', signer: 'secondTsa' } as TimestampSwitches,
    ocsp: { ...LINE, answer: 'index' } as OcspSwitches,
    crl: { ...LINE, answer: 'right' } as CrlSwitches,
    issuers: { ...LINE, answer: 'certificate' } as IssuerSwitches,
  }
  const work = processFolder('services')
  // openssl's serial and database files are not made for two at once.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }

  const route = (path: string, body: Uint8Array): { line: Line; answer: () => Promise<Answer> } | null => {
    const [, service = '', name] = /^\/([a-z]+)\/([a-zA-Z]+)(?:\.[a-z]+)?(?:\?again)?$/.exec(path) ?? []
    const issuer = name as IssuerName
    switch (service) {
      case 'tsa': {
        const line = name === 'second' ? switches.secondTsa : switches.tsa
        return { line, answer: () => answerTimestamp(pki, line.signer, line.answer, body, work) }
      }
      case 'ocsp':
        return { line: switches.ocsp, answer: () => answerOcsp(pki, issuer, switches.ocsp.answer, body, work) }
      case 'crl':
        return { line: switches.crl, answer: () => answerCrl(pki, issuer, switches.crl.answer) }
      case 'ca':
        return { line: switches.issuers, answer: () => answerIssuer(pki, issuer, switches.issuers.answer, work) }
      default:
        return null
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request)
    const path = request.url ?? ''
    const { method = '', headers } = request
    requests.push({ method, path, contentType: headers['content-type'] ?? '', headers, body })
    const found = route(path, body)
    if (found === null) {
      response.writeHead(404).end()
      return
    }
    const { transport, delayMs } = found.line
    if (delayMs > 0) await wait(delayMs)
    await deliver(response, transport, path, () => inTurn(found.answer))
  }

  pki.listener.answerWith((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(503, { 'content-type': 'text/plain' })
      response.end(String(error))
    })
  })
  const { baseUrl } = pki.listener
  return {
    ...switches,
    tsaUrl: `${baseUrl}/tsa/first`,
    secondTsaUrl: `${baseUrl}/tsa/second`,
    requests,
    [Symbol.asyncDispose]: async () => {
      pki.listener.answerWith(null)
      await queue
      await rm(work, { recursive: true, force: true })
    },
  }
}

async function answerCrl(pki: TestPki, issuer: IssuerName, answer: CrlSwitches['answer']): Promise<Answer> {
  const contentType = 'application/pkix-crl'
  switch (answer) {
    case 'right':
      return { contentType, body: await pki.crl(issuer) }
    case 'stale':
      return { contentType, body: await pki.crl(issuer, { fromDays: -60, toDays: -30 }) }
    case 'of-stranger':
      return { contentType, body: await pki.crl('strangerRoot') }
    case 'pem': {
      const body = Buffer.from(await pki.crl(issuer)).toString('base64')
      return { contentType, body: Buffer.from(`-----BEGIN X509 CRL-----\n${body}\n-----END X509 CRL-----\n`) }
    }
  }
}

async function answerIssuer(
  pki: TestPki,
  issuer: IssuerName,
  answer: IssuerSwitches['answer'],
  work: string,
): Promise<Answer> {
  const certificate = pki.authorities[answer === 'of-stranger' ? 'strangerRoot' : issuer]
  if (answer !== 'certs-only') return { contentType: 'application/pkix-cert', body: certificate.der }
  const out = join(work, 'issuer.p7c')
  const input = ['-nocrl', '-certfile', certificate.certificateFile]
  await mustRun('openssl', ['crl2pkcs7', ...input, '-outform', 'DER', '-out', out])
  return { contentType: 'application/pkcs7-mime', body: await readFile(out) }
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > REQUEST_BYTES) throw new Error('a request that is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
