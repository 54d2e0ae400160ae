// Opens a request directly or through the office's HTTP proxy; https goes through it in a tunnel (RFC 9110 §9.3.6).
import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect as tlsConnect, rootCertificates } from 'node:tls'
import type { Credentials, HttpLine, HttpRequest, ProxySettings } from './http-types.ts'

/**
 * @param onConnected called once the way to the service itself stands: after TLS, after the tunnel
 * @returns a request that has not been sent yet. @throws whatever the network says while the tunnel is made
 */
export async function openRequest(
  url: URL,
  request: HttpRequest,
  line: HttpLine,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<ClientRequest | 'proxy-refused'> {
  const proxy = line.proxy !== null && !bypasses(line.proxy, url.hostname) ? line.proxy : null
  const headers = headersOf(request)
  const common: RequestOptions = { method: request.method, headers, agent: false, signal }
  if (url.protocol === 'http:') return openPlain(url, common, headers, proxy, onConnected)
  if (proxy === null) {
    const client = httpsRequest(bare(url), { ...common, ...secure(line) })
    client.once('socket', (socket) => socket.once('secureConnect', onConnected))
    return client
  }
  const tunnel = await openTunnel(url, proxy, signal)
  if (tunnel === null) return 'proxy-refused'
  const hostname = hostOf(url)
  const createConnection = () => {
    const servername = isIP(hostname) === 0 ? { servername: hostname } : {}
    return tlsConnect({ socket: tunnel, host: hostname, ...servername, ...secure(line) }, onConnected)
  }
  // With an agent, even none, Node would not ask createConnection but look the name up and go there itself.
  return httpsRequest(bare(url), { ...common, agent: undefined, createConnection })
}

function openPlain(
  url: URL,
  common: RequestOptions,
  headers: Record<string, string>,
  proxy: ProxySettings | null,
  onConnected: () => void,
): ClientRequest {
  if (proxy === null) {
    const client = httpRequest(bare(url), common)
    client.once('socket', (socket) => socket.once('connect', onConnected))
    return client
  }
  const { host, port } = proxy
  const forProxy = { ...headers, host: url.host, ...proxyAuthorization(proxy) }
  const client = httpRequest({ ...common, host, port, path: bare(url).href, headers: forProxy })
  client.once('socket', (socket) => socket.once('connect', onConnected))
  return client
}

/** Null: the proxy is there and will not. */
function openTunnel(url: URL, proxy: ProxySettings, signal: AbortSignal): Promise<Socket | null> {
  const target = `${url.hostname}:${url.port === '' ? '443' : url.port}`
  const headers = { host: target, ...proxyAuthorization(proxy) }
  const { host, port } = proxy
  return new Promise((resolve, reject) => {
    const client = httpRequest({ method: 'CONNECT', host, port, path: target, headers, agent: false, signal })
    client.once('connect', (answer, socket: Socket) => {
      if (answer.statusCode === 200) resolve(socket)
      else {
        socket.destroy()
        resolve(null)
      }
    })
    client.once('error', reject)
    client.end()
  })
}

function headersOf({ accept, body, contentType, credentials }: HttpRequest): Record<string, string> {
  return {
    accept,
    // What comes packed would need a limit of its own for what it unpacks to.
    'accept-encoding': 'identity',
    'user-agent': 'tra-my',
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(body === null ? {} : { 'content-length': String(body.length) }),
    ...(credentials === null ? {} : { authorization: basic(credentials) }),
  }
}

function proxyAuthorization({ credentials }: ProxySettings): Record<string, string> {
  return credentials === undefined ? {} : { 'proxy-authorization': basic(credentials) }
}

function basic({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** A certificate's address could carry a user and a password; neither is ever sent. */
function bare(url: URL): URL {
  const copy = new URL(url.href)
  copy.username = ''
  copy.password = ''
  copy.hash = ''
  return copy
}

function secure(line: HttpLine): { readonly ca?: string[] } {
  return line.authorities.length === 0 ? {} : { ca: [...rootCertificates, ...line.authorities] }
}

/** Without the brackets of an IPv6 address. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** @param hostname as `URL.hostname` gives it: lower case, IPv6 in brackets */
export function bypasses(proxy: ProxySettings, hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return true
  return proxy.bypass.some((rule) => (rule.startsWith('.') ? `.${hostname}`.endsWith(rule) : hostname === rule))
}
