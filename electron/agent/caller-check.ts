// Who may even be heard on loopback: the right Host (a name that was rebound to 127.0.0.1 has another), and a page of our own hub.
import type { IncomingHttpHeaders } from 'node:http'

export type CallerCheck =
  { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly status: 403 | 421 }

/** @param port where the agent listens @param allowedOrigins the hub's own origin; exact strings, as browsers send them */
export function checkCaller(
  headers: IncomingHttpHeaders,
  port: number,
  allowedOrigins: ReadonlySet<string>,
): CallerCheck {
  if (headers.host !== `127.0.0.1:${port}`) return { ok: false, status: 421 }
  const { origin } = headers
  // Programs other than browsers send no Origin; they have no business here.
  return origin !== undefined && allowedOrigins.has(origin) ? { ok: true, origin } : { ok: false, status: 403 }
}
