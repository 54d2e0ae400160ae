// What a page of ours may load and where it may speak to: one policy, sent as a header by the desktop's protocol and by the hub.

/** http(s) and ws(s) origins of one hub; nothing else on the network is reachable from a page. */
export function hubSources(hubUrl: string): readonly string[] {
  const [, secure = '', host] = /^http(s?):\/\/([A-Za-z0-9.:[\]-]+)(?:\/|$)/.exec(hubUrl) ?? []
  return host === undefined ? [] : [`http${secure}://${host}`, `ws${secure}://${host}`]
}

/**
 * @param nonce fresh for every response; Mantine's style elements carry it, a style that was smuggled in does not
 * @param connect sources besides the page's own origin
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Stands in the built index.html where each response puts its nonce. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

/** Stands in the built page of the PIN window where the agent puts the key of that one page. */
export const CONFIRM_KEY_PLACEHOLDER = '__CONFIRM_KEY__'

/** The PIN window: its own script and style, its own desktop, and nothing else; no worker, no font, no foreign picture. */
export function confirmPolicy(): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src blob:',
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
