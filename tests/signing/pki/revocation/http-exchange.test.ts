// One exchange with a service: every way in which the line, the server and the proxy can fail has its own code.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net'
import { describe, test } from 'vitest'
import { loopbackProxy } from '../loopback-proxy.ts'
import { testPki } from '../test-pki.ts'
import { trustServices } from '../trust-services.ts'
import type { TransportFault } from '../transport-faults.ts'
import { httpGet, httpPost } from '../../../../electron/revocation/http-exchange.ts'
import {
  DIRECT_LINE,
  shownAddress,
  type HttpLimits,
  type HttpLine,
} from '../../../../electron/revocation/http-types.ts'

const LIMITS: HttpLimits = { connectMs: 2_000, totalMs: 4_000, maxBytes: 100_000 }
const SHORT: HttpLimits = { ...LIMITS, totalMs: 300 }
const TYPES = { sent: 'application/x-sent', accepted: 'application/x-accepted' }

async function listening(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) }
}

async function freePort(): Promise<number> {
  await using server = await listening(createSocketServer())
  return server.port
}

async function outcome(fault: TransportFault, limits = LIMITS) {
  const pki = await testPki()
  await using services = trustServices(pki)
  services.crl.transport = fault
  const result = await httpGet(`${pki.listener.baseUrl}/crl/root.crl`, '*/*', limits, DIRECT_LINE)
  return result.ok ? `ok ${result.contentType}` : `${result.fault} ${result.status}`
}

describe('a request without a proxy', () => {
  test.each([
    ['none', 'ok application/pkix-crl'],
    ['http-500', 'http-status 500'],
    ['http-404', 'http-status 404'],
    ['close', 'broken-answer 0'],
    ['truncated', 'broken-answer 0'],
    ['huge', 'too-big 200'],
    ['huge-declared', 'too-big 200'],
    ['redirect-once', 'ok application/pkix-crl'],
    ['redirect-loop', 'bad-redirect 307'],
    ['redirect-to-file', 'bad-redirect 302'],
    ['wrong-content-type', 'ok text/html'],
  ] as const)('%s gives %s', async (fault, expected) => {
    assert.equal(await outcome(fault), expected)
  })

  test('an answer that drips in byte by byte ends at the limit of the whole', async () => {
    assert.equal(await outcome('drip', SHORT), 'slow 0')
  })

  test('an answer that does not come ends at the limit of the whole', async () => {
    const pki = await testPki()
    await using services = trustServices(pki)
    services.crl.delayMs = 3_000
    const result = await httpGet(`${pki.listener.baseUrl}/crl/root.crl`, '*/*', SHORT, DIRECT_LINE)
    assert.deepEqual(result, { ok: false, fault: 'slow', status: 0 })
  })

  test('where nobody listens, and where the name is none, it is unreachable', async () => {
    const port = await freePort()
    const nobody = await httpGet(`http://127.0.0.1:${port}/`, '*/*', LIMITS, DIRECT_LINE)
    assert.deepEqual(nobody, { ok: false, fault: 'unreachable', status: 0 })
  })

  test.each(['file:///etc/hostname', 'ftp://127.0.0.1/', 'ldap://127.0.0.1/cn=x', 'data:,x', 'not an address', ''])(
    'no other scheme than http and https is called: %s',
    async (url) => {
      const result = await httpGet(url, '*/*', LIMITS, DIRECT_LINE)
      assert.deepEqual(result, { ok: false, fault: 'bad-address', status: 0 })
    },
  )

  test('what does not speak HTTP is a broken answer', async () => {
    await using server = await listening(
      createSocketServer((socket) => socket.resume().end('220 mail.example ESMTP\r\n')),
    )
    const result = await httpGet(`http://127.0.0.1:${server.port}/`, '*/*', LIMITS, DIRECT_LINE)
    assert.deepEqual(result, { ok: false, fault: 'broken-answer', status: 0 })
  })

  test('the caller can end it at any time, also before it began', async () => {
    const pki = await testPki()
    await using services = trustServices(pki)
    services.crl.delayMs = 3_000
    const abort = new AbortController()
    const url = `${pki.listener.baseUrl}/crl/root.crl`
    const running = httpGet(url, '*/*', LIMITS, { ...DIRECT_LINE, signal: abort.signal })
    setTimeout(() => abort.abort(), 50)
    assert.deepEqual(await running, { ok: false, fault: 'aborted', status: 0 })
    const late = await httpGet(url, '*/*', LIMITS, { ...DIRECT_LINE, signal: abort.signal })
    assert.deepEqual(late, { ok: false, fault: 'aborted', status: 0 })
  })
})

describe('a POST', () => {
  async function posted(handler: RequestListener) {
    await using server = await listening(createServer(handler))
    const credentials = { user: 'xã', password: 'mật khẩu' }
    const url = `http://127.0.0.1:${server.port}/`
    return await httpPost(url, Buffer.from('câu hỏi'), TYPES, LIMITS, DIRECT_LINE, credentials)
  }

  test('sends its body, type and credentials as they are', async () => {
    const result = await posted((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { authorization = '', accept, 'content-type': type, 'accept-encoding': encoding } = request.headers
        const told = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()
        response.end([Buffer.concat(chunks).toString(), told, accept, type, encoding].join('|'))
      })
    })
    assert.ok(result.ok)
    assert.equal(
      Buffer.from(result.body).toString(),
      'câu hỏi|xã:mật khẩu|application/x-accepted|application/x-sent|identity',
    )
  })

  test.each([301, 302, 303])('is not turned into a GET by a redirection with %i', async (status) => {
    const result = await posted((_request, response) => response.writeHead(status, { location: '/x' }).end())
    assert.deepEqual(result, { ok: false, fault: 'bad-redirect', status })
  })

  test('gives its credentials to no other origin', async () => {
    const seen: (string | undefined)[] = []
    await using other = await listening(
      createServer((request, response) => {
        seen.push(request.headers.authorization)
        response.end('x')
      }),
    )
    const result = await posted((_request, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${other.port}/` }).end(),
    )
    assert.ok(result.ok)
    assert.deepEqual(seen, [undefined])
  })
})

describe('https', () => {
  async function tlsServer(handler: RequestListener) {
    const { tlsServer: certificate } = (await testPki()).leaves
    const key = await readFile(certificate.keyFile)
    const cert = certificate.pem + (await testPki()).authorities.intermediate.pem
    return listening(createTlsServer({ key, cert }, handler))
  }
  const trusting = async (part: Partial<HttpLine> = {}): Promise<HttpLine> => ({
    proxy: null,
    authorities: [(await testPki()).authorities.root.pem],
    ...part,
  })

  test('is taken from a server whose certificate leads to an authority of the line, and from no other', async () => {
    await using server = await tlsServer((_request, response) => response.end('x'))
    const url = `https://127.0.0.1:${server.port}/`
    assert.ok((await httpGet(url, '*/*', LIMITS, await trusting())).ok)
    assert.deepEqual(await httpGet(url, '*/*', LIMITS, DIRECT_LINE), { ok: false, fault: 'unreachable', status: 0 })
  })

  test('does not fall back to http by a redirection', async () => {
    await using server = await tlsServer((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
    )
    const result = await httpGet(`https://127.0.0.1:${server.port}/`, '*/*', LIMITS, await trusting())
    assert.deepEqual(result, { ok: false, fault: 'bad-redirect', status: 302 })
  })

  test('goes through a proxy in a tunnel that names the host alone, and is checked against that name', async () => {
    await using server = await tlsServer((_request, response) => response.end('x'))
    await using proxy = await loopbackProxy(server.port)
    const line = await trusting({ proxy: { host: '127.0.0.1', port: proxy.port, bypass: [] } })
    assert.ok((await httpGet('https://tsa.example/secret', '*/*', LIMITS, line)).ok)
    const other = await httpGet('https://other.example/', '*/*', LIMITS, line)
    assert.deepEqual(other, { ok: false, fault: 'unreachable', status: 0 })
    assert.deepEqual(proxy.seen, ['CONNECT tsa.example:443', 'CONNECT other.example:443'])
  })

  test('a proxy that refuses the tunnel, is gone, or never answers', async () => {
    const line = (port: number) => trusting({ proxy: { host: '127.0.0.1', port, bypass: [] } })
    await using refusing = await loopbackProxy(1, { authorization: 'Basic eDp5' })
    const refused = await httpGet('https://tsa.example/', '*/*', LIMITS, await line(refusing.port))
    assert.deepEqual(refused, { ok: false, fault: 'proxy-refused', status: 0 })
    const gone = await httpGet('https://tsa.example/', '*/*', LIMITS, await line(await freePort()))
    assert.deepEqual(gone, { ok: false, fault: 'unreachable', status: 0 })
    await using silent = await loopbackProxy(1, { silent: true })
    const limits = { ...LIMITS, connectMs: 200 }
    const never = await httpGet('https://tsa.example/', '*/*', limits, await line(silent.port))
    assert.deepEqual(never, { ok: false, fault: 'unreachable', status: 0 })
  })
})

describe('http through a proxy', () => {
  test('is asked for by its whole address, with the proxy’s own credentials', async () => {
    await using server = await listening(createServer((request, response) => response.end(request.headers.host)))
    await using proxy = await loopbackProxy(server.port, { authorization: 'Basic eDp5' })
    const known = { host: '127.0.0.1', port: proxy.port, bypass: [], credentials: { user: 'x', password: 'y' } }
    const result = await httpGet('http://crl.example/a?b', '*/*', LIMITS, { ...DIRECT_LINE, proxy: known })
    assert.ok(result.ok)
    assert.equal(Buffer.from(result.body).toString(), 'crl.example')
    const stranger = { ...known, credentials: { user: 'x', password: 'z' } }
    const refused = await httpGet('http://crl.example/a', '*/*', LIMITS, { ...DIRECT_LINE, proxy: stranger })
    assert.deepEqual(refused, { ok: false, fault: 'proxy-refused', status: 407 })
    assert.deepEqual(proxy.seen, ['GET http://crl.example/a?b', 'GET http://crl.example/a'])
  })

  test('loopback is reached without it', async () => {
    await using server = await listening(createServer((_request, response) => response.end('x')))
    const proxy = { host: '127.0.0.1', port: await freePort(), bypass: [] }
    const line: HttpLine = { ...DIRECT_LINE, proxy }
    assert.ok((await httpGet(`http://127.0.0.1:${server.port}/`, '*/*', LIMITS, line)).ok)
    assert.ok((await httpGet(`http://localhost:${server.port}/`, '*/*', LIMITS, line)).ok)
  })
})

test('an address is shown without user, password and query', () => {
  assert.equal(shownAddress('https://u:p@tsa.example:8443/ts?key=1#x'), 'https://tsa.example:8443/ts')
  assert.equal(shownAddress('nonsense'), '')
})
