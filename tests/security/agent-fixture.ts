// The loopback agent as a test starts it: it records what it opens and what fails, and its clock is the test's.
import { agentHandlers } from '../../electron/agent/agent-handlers.ts'
import { startAgent, type Agent } from '../../electron/agent/server.ts'

export interface TestAgent extends AsyncDisposable {
  readonly agent: Agent
  readonly hubOrigin: string
  /** Addresses handed to the system's browser. */
  readonly opened: readonly string[]
  readonly faults: readonly string[]
  readonly advance: (ms: number) => void
}

/** @param hubOrigin the only origin whose pages may call */
export async function startTestAgent(hubOrigin: string): Promise<TestAgent> {
  const opened: string[] = []
  const faults: string[] = []
  let clock = 0
  const open = (url: string): Promise<void> => {
    opened.push(url)
    return Promise.resolve()
  }
  const agent = await startAgent({
    handlers: agentHandlers({ hubUrl: hubOrigin, version: '0.1.0', open }),
    allowedOrigins: [hubOrigin],
    now: () => clock,
    onFault: (fault) => faults.push(fault),
  })
  return {
    ...{ agent, hubOrigin, opened, faults },
    advance: (ms) => {
      clock += ms
    },
    [Symbol.asyncDispose]: () => agent.close(),
  }
}
