// Login, sessions, passwords and tickets over HTTP.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { api, type ApiResponse } from '../../shared/hub/api.ts'
import { isAdministrator } from '../../shared/org/rights.ts'
import type { OrgState } from '../../shared/org/state.ts'
import { refuse, ok, type RefusalCode, type Result } from '../../shared/refusal.ts'
import { isoNow, type Clock } from '../clock.ts'
import { sendResult } from '../http/answer.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Store } from '../store/store.ts'
import { beginSession } from './begin-session.ts'
import { registerCertificateLogin } from './certificate-login.ts'
import type { Lockout } from './lockout.ts'
import { acceptablePassword, hashPassword, passwordMatches, temporaryPassword } from './passwords.ts'
import type { LiveSession, Sessions } from './sessions.ts'
import type { Tickets } from './tickets.ts'

export interface AccessDeps {
  readonly store: Store
  readonly clock: Clock
  readonly org: () => OrgState
  readonly sessions: Sessions
  readonly tickets: Tickets
  readonly lockout: Lockout
  readonly rooms: Rooms
}

export function registerAccessRoutes(app: FastifyInstance, deps: AccessDeps): void {
  const whenLoggedIn = (
    act: (who: LiveSession, body: unknown) => Promise<Result<unknown>>,
    beforePasswordChange = false,
  ) => {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const who = await deps.sessions.authenticate(request.headers.authorization, { beforePasswordChange })
      return await sendResult(reply, who.ok ? await act(who.value, request.body) : who)
    }
  }
  app.post(api.login.path, async (request, reply) => {
    const parsed = api.login.request.safeParse(request.body)
    if (!parsed.success) return await sendResult(reply, refuse('malformed'))
    const { username, password, device } = parsed.data
    const waitMs = deps.lockout.waitMs(username)
    if (waitMs > 0) {
      void reply.header('retry-after', Math.ceil(waitMs / 1000))
      return await sendResult(reply, refuse('login-delayed'))
    }
    return await sendResult(reply, await login(deps, username, password, device.id))
  })
  registerCertificateLogin(app, deps)
  app.post(
    api.logout.path,
    whenLoggedIn(async ({ sessionId }) => {
      await endSession(deps, sessionId)
      return ok({})
    }, true),
  )
  app.get(
    api.sessions.path,
    whenLoggedIn(async ({ personId, sessionId }) => {
      const rows = await deps.sessions.list(personId)
      const { devices } = deps.org()
      const sessions = rows.map(({ id, deviceId, createdAt, seenAt }) => ({
        id,
        deviceId,
        deviceName: devices[deviceId]?.name ?? null,
        createdAt,
        seenAt,
        current: id === sessionId,
      }))
      return ok({ sessions })
    }),
  )
  app.post(
    api.endSession.path,
    whenLoggedIn(async ({ personId }, body) => {
      const parsed = api.endSession.request.safeParse(body)
      if (!parsed.success) return refuse('malformed')
      const own = (await deps.sessions.list(personId)).some((row) => row.id === parsed.data.id)
      if (!own) return refuse('not-found')
      await endSession(deps, parsed.data.id)
      return ok({})
    }),
  )
  app.post(
    api.changePassword.path,
    whenLoggedIn((who, body) => changePassword(deps, who, body), true),
  )
  app.post(
    api.resetPassword.path,
    whenLoggedIn((who, body) => resetPassword(deps, who, body)),
  )
  app.post(
    api.ticket.path,
    whenLoggedIn(async (who, body) => {
      const parsed = api.ticket.request.safeParse(body)
      if (!parsed.success) return refuse('malformed')
      // A room that one may not read does not exist for one.
      if (deps.rooms.access(parsed.data.room, who.personId)?.access.read !== true) return refuse('not-found')
      return await Promise.resolve(ok(deps.tickets.issue(who, parsed.data.room)))
    }),
  )
}

/** Argon2id of nothing anybody knows: an unknown name takes as long as a wrong password, so names cannot be found out. */
const nobody = hashPassword(temporaryPassword())

async function login(
  deps: AccessDeps,
  username: string,
  password: string,
  deviceId: string,
): Promise<Result<ApiResponse<'login'>>> {
  const org = deps.org()
  const account = Object.values(org.accounts).find((candidate) => candidate.username === username)
  const credential = account === undefined ? null : await deps.store.credential(account.personId)
  const matches = await passwordMatches(credential?.hash ?? (await nobody), password)
  if (account === undefined || credential === null || !matches) return failed(deps, username, 'login-failed')
  if (account.ended) return failed(deps, username, 'account-ended')
  const begun = await beginSession(deps, account.personId, deviceId)
  if (begun.ok) deps.lockout.succeeded(username)
  return begun
}

function failed(deps: AccessDeps, username: string, code: RefusalCode) {
  deps.lockout.failed(username)
  return refuse(code)
}

async function endSession(deps: AccessDeps, sessionId: string): Promise<void> {
  await deps.sessions.end(sessionId)
  deps.tickets.revokeSession(sessionId)
  deps.rooms.endSession(sessionId)
}

/** The other sessions of the person end: who changes a password may do it because somebody else knows the old one. */
async function changePassword(deps: AccessDeps, who: LiveSession, body: unknown): Promise<Result<object>> {
  const parsed = api.changePassword.request.safeParse(body)
  if (!parsed.success) return refuse('malformed')
  const account = deps.org().accounts[who.personId]
  const credential = await deps.store.credential(who.personId)
  if (account === undefined || credential === null) return refuse('account-ended')
  if (deps.lockout.waitMs(account.username) > 0) return refuse('login-delayed')
  if (!(await passwordMatches(credential.hash, parsed.data.current)))
    return failed(deps, account.username, 'login-failed')
  const next = acceptablePassword(parsed.data.next, account.username)
  if (!next.ok) return next
  if (parsed.data.next === parsed.data.current) return refuse('password-too-weak')
  await deps.store.saveCredential({ personId: who.personId, hash: await hashPassword(next.value), mustChange: false })
  for (const row of await deps.sessions.list(who.personId)) if (row.id !== who.sessionId) await endSession(deps, row.id)
  return ok({})
}

async function resetPassword(
  deps: AccessDeps,
  who: LiveSession,
  body: unknown,
): Promise<Result<{ temporaryPassword: string }>> {
  const parsed = api.resetPassword.request.safeParse(body)
  if (!parsed.success) return refuse('malformed')
  const org = deps.org()
  if (!isAdministrator(org, who.personId, isoNow(deps.clock))) return refuse('forbidden')
  const account = org.accounts[parsed.data.personId]
  if (account === undefined || account.ended) return refuse('not-found')
  const temporary = temporaryPassword()
  await deps.store.saveCredential({ personId: account.personId, hash: await hashPassword(temporary), mustChange: true })
  for (const row of await deps.sessions.list(account.personId)) await endSession(deps, row.id)
  return ok({ temporaryPassword: temporary })
}
