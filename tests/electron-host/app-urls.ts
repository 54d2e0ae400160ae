// Stock Chromium refuses unknown schemes before any interception point, so app://bundle/x travels as
// https://bundle.app.electron-host.invalid/x: a secure, standard origin that can never resolve on a network.

const SUFFIX = '.electron-host.invalid'

/** @param schemes those the application registered or handles */
export function toBrowserUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url)
  const scheme = match?.[1]?.toLowerCase()
  if (match === null || scheme === undefined || !schemes.has(scheme)) return url
  const host = match[2] === '' ? 'empty' : match[2]
  return `https://${host}.${scheme}${SUFFIX}${match[3] === '' ? '/' : match[3]}`
}

export function toAppUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const { hostname, pathname, search, hash } = new URL(url)
  if (!hostname.endsWith(SUFFIX)) return url
  const [scheme, ...host] = hostname.slice(0, -SUFFIX.length).split('.').reverse()
  return `${scheme}://${host.reverse().join('.')}${pathname}${search}${hash}`
}

/** Scheme and host, as Electron gives origins of custom schemes. */
export function originOf(url: string): string {
  return url.split('/').slice(0, 3).join('/')
}
