// What an exchange with a trust service is asked for and how it ends: closed codes, no address and no secret in any of them.

export interface HttpLimits {
  /** Until the connection stands, name look-up, proxy and TLS included. */
  readonly connectMs: number
  /** The whole exchange, redirections included. */
  readonly totalMs: number
  /** Of the body; checked against the announced length too. */
  readonly maxBytes: number
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** An HTTP proxy as the office's settings name it. */
export interface ProxySettings {
  readonly host: string
  readonly port: number
  readonly credentials?: Credentials
  /** Hosts that are reached without it: a name, or `.name` for a name and what is below. Loopback always is. */
  readonly bypass: readonly string[]
}

/** How the machine reaches the network: the same for every request. */
export interface HttpLine {
  readonly proxy: ProxySettings | null
  /** PEM of further authorities for https, where an office inspects its own traffic. */
  readonly authorities: readonly string[]
  readonly signal?: AbortSignal
}

export const DIRECT_LINE: HttpLine = { proxy: null, authorities: [] }

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly accept: string
  readonly body: Uint8Array | null
  readonly contentType: string | null
  readonly credentials: Credentials | null
  readonly limits: HttpLimits
}

export const HTTP_FAULTS = [
  /** Neither http nor https, or not an address at all. */
  'bad-address',
  /** No such name, nobody listening, no TLS, the proxy gone, or no connection within the time. */
  'unreachable',
  'proxy-refused',
  /** Connected, and then not done within the time. */
  'slow',
  /** Not 200. */
  'http-status',
  'too-big',
  /** More than three, to another scheme, from https to http, or one that would turn a POST into a GET. */
  'bad-redirect',
  /** The connection ended in the middle, or what came is not HTTP. */
  'broken-answer',
  'aborted',
] as const
export type HttpFault = (typeof HTTP_FAULTS)[number]

export type HttpResult =
  | {
      readonly ok: true
      readonly body: Uint8Array
      /** Lower case, without parameters. */ readonly contentType: string
    }
  | { readonly ok: false; readonly fault: HttpFault; /** 0 where none came. */ readonly status: number }

/** For logs and messages: no user, no password, no query. */
export function shownAddress(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? '' : `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}
