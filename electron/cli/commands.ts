// The table of commands: a new one is a file in commands/ and a line here.
import type { Command } from './command.ts'
import { agent } from './commands/agent.ts'
import { certificate } from './commands/certificate.ts'
import { hub } from './commands/hub.ts'
import { ledgerVerify } from './commands/ledger-verify.ts'
import { start } from './commands/start.ts'
import { extend } from './commands/extend.ts'
import { sign } from './commands/sign.ts'
import { tokens } from './commands/tokens.ts'
import { verify } from './commands/verify.ts'

export const COMMANDS: readonly Command[] = [start, hub, agent, ledgerVerify, tokens, sign, extend, verify, certificate]
