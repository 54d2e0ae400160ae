// Entry of a signing process: holds one PKCS#11 module, so that a driver that hangs or crashes takes nothing else with it.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { loadModule, type LoadedModule } from './module-loader.ts'
import { faultOf, TokenFault } from './pkcs11-errors.ts'
import {
  signingRequestSchema,
  type AnswerValue,
  type RequestType,
  type SigningAnswer,
  type SigningRequest,
  type SlotReport,
} from './protocol.ts'
import { fault } from './signing-fault.ts'
import { readSoftCertificate, signSoftly, type SoftCertificate } from './soft-certificate.ts'
import { createTaskQueues } from './task-queue.ts'
import { createTokenSessions, laneOfToken, type TokenSessions } from './token-sessions.ts'
import { readSlots } from './token-slots.ts'

interface Driver {
  readonly module: LoadedModule
  readonly sessions: TokenSessions
}

const queues = createTaskQueues()
interface State {
  driver: Driver | null
  lastSlots: readonly SlotReport[] | null
  soft: { readonly session: string; readonly file: SoftCertificate } | null
}

const state: State = { driver: null, lastSlots: null, soft: null }

async function answer(request: SigningRequest): Promise<AnswerValue<RequestType>> {
  if (request.type === 'load') return load(request.module)
  if (request.type === 'open-file') return openFile(request.file, request.password)
  if (request.type === 'sign' && request.session === state.soft?.session) return signSoftly(state.soft.file, request)
  const { driver } = state
  if (driver === null) throw new TokenFault('module-missing')
  const { module, sessions } = driver
  // Without the driver's own locks nothing may happen at the same time, not even on two tokens.
  const inLane = <T>(lane: string, task: () => Promise<T>): Promise<T> => queues.run(module.locks ? lane : '', task)
  switch (request.type) {
    case 'tokens':
      // While the driver works it is not asked anything else: some do not serialise their callers.
      if (queues.pending > 0 && state.lastSlots !== null) return [...state.lastSlots]
      return inLane('', () => {
        state.lastSlots = readSlots(module.pkcs11)
        return Promise.resolve([...state.lastSlots])
      })
    case 'certificates':
      return inLane(laneOfToken(request.token), () => Promise.resolve([...sessions.certificates(request.token)]))
    case 'open':
      return inLane(laneOfToken(request.token), () => sessions.open(request.token, request))
    case 'sign':
      return inLane(sessions.laneOf(request.session), () => sessions.sign(request.session, request))
    case 'end':
      return inLane(sessions.laneOf(request.session), () => {
        sessions.end(request.session)
        return Promise.resolve(null)
      })
    case 'close':
      sessions.endAll()
      return null
  }
}

/** One file a process: ending the process is what wipes the key. */
function openFile(bytes: Uint8Array, password: Uint8Array): AnswerValue<'open-file'> {
  if (state.soft !== null) throw new TokenFault('busy')
  const file = readSoftCertificate(bytes, password)
  state.soft = { session: randomUUID(), file }
  const certificates = file.certificates.map((der, index) => ({
    der: Uint8Array.from(der),
    label: '',
    key: index === 0 ? ('present' as const) : ('missing' as const),
  }))
  return { session: state.soft.session, certificates }
}

/** Once in the life of a process: several drivers neither end nor start a second time. */
function load(path: string): AnswerValue<'load'> {
  if (state.driver !== null && state.driver.module.path !== path) throw new TokenFault('busy')
  const module = state.driver?.module ?? loadModule(path)
  state.driver ??= { module, sessions: createTokenSessions(module) }
  return { description: module.description, manufacturer: module.manufacturer }
}

/** Of a request that is otherwise not understood: it must be answered all the same, or its time limit would end this process. */
const idSchema = z.object({ id: z.number().int().nonnegative() })

async function receive(message: unknown, reply: (answer: SigningAnswer) => void): Promise<void> {
  const request = signingRequestSchema.safeParse(message)
  if (!request.success) {
    const named = idSchema.safeParse(message)
    if (named.success) reply({ id: named.data.id, ...fault('unsupported') })
    return
  }
  const { id } = request.data
  try {
    reply({ id, ok: true, value: await answer(request.data) })
  } catch (error) {
    // The code only: a driver's or a library's text may hold anything.
    reply({ id, ok: false, fault: faultOf(error) })
  }
}

/** The part of Electron's `process.parentPort` that is used; plain Node has `process.send` instead. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

function parentPort(): ParentPort | null {
  return 'parentPort' in process ? process.parentPort : null
}

const port = parentPort()
if (port !== null) {
  port.on('message', ({ data }) => void receive(data, (reply) => port.postMessage(reply)))
} else {
  process.on('message', (message) => void receive(message, (reply) => process.send?.(reply)))
  // The parent is gone: no login may outlive it.
  process.on('disconnect', () => {
    state.driver?.sessions.endAll()
    process.exit(0)
  })
}
