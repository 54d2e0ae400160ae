// Takes each guard out of the built bundles, one at a time: the checks that matter must notice. A survivor is a check that proves nothing.
import { expect, test } from 'vitest'
import { runCheck, type Check } from './checks/check.ts'
import * as ipc from './checks/ipc.ts'
import * as navigation from './checks/navigation.ts'
import * as permissions from './checks/permissions.ts'
import * as protocol from './checks/protocol.ts'
import * as signing from './checks/signing.ts'
import * as locks from './checks/window-locks.ts'

interface Mutant {
  readonly without: string
  /** Replaced in the main bundle (or the preload); every occurrence. */
  readonly from: RegExp
  readonly to: string
  readonly in?: 'preload'
  /** The first of these checks to reject is enough. */
  readonly noticedBy: Check
}

const guard = (name: string): RegExp => new RegExp(`contents\\.on\\("${name}"[\\s\\S]*?\\n\\t\\t\\}\\);`)
const lock = (name: string, value: boolean): Pick<Mutant, 'from' | 'to'> => ({
  from: new RegExp(`${name}: ${!value}`),
  to: `${name}: ${value}`,
})

const MUTANTS: readonly Mutant[] = [
  { without: 'context isolation', ...lock('contextIsolation', false), noticedBy: locks.contextIsolation },
  { without: 'app.enableSandbox()', from: /app\.enableSandbox\(\);/, to: '', noticedBy: locks.sandbox },
  { without: 'the window’s sandbox', ...lock('sandbox', false), noticedBy: locks.sandbox },
  { without: 'no Node in pages', ...lock('nodeIntegration', true), noticedBy: locks.noNode },
  { without: 'the webview guard', from: guard('will-attach-webview'), to: '', noticedBy: locks.noNode },
  { without: 'web security', ...lock('webSecurity', false), noticedBy: locks.webSecurity },
  {
    without: 'closed developer tools',
    from: /devTools: !app\.isPackaged/,
    to: 'devTools: true',
    noticedBy: locks.closedDevTools,
  },
  {
    without: 'the taken-away menu',
    from: /Menu\.setApplicationMenu\(null\)/,
    to: 'undefined',
    noticedBy: locks.closedDevTools,
  },
  {
    without: 'a modest scheme',
    from: /codeCache: true/,
    to: 'codeCache: true, bypassCSP: true',
    noticedBy: protocol.ownProtocol,
  },
  {
    without: 'the folder’s bound',
    from: /inside === "" \|\| inside\.startsWith\("\.\."\) \|\| isAbsolute\(inside\) \? null : file/,
    to: 'file',
    noticedBy: protocol.oneFolder,
  },
  {
    without: 'the list of types',
    from: /file === null \|\| type === void 0/,
    to: 'file === null',
    noticedBy: protocol.oneFolder,
  },
  { without: 'the list of methods', from: /request\.method !== "GET" \|\| /, to: '', noticedBy: protocol.oneFolder },
  {
    without: 'the host of the protocol',
    from: /host === "bundle"\) return answer/,
    to: 'host !== "confirm") return answer',
    noticedBy: protocol.oneFolder,
  },
  { without: 'nosniff', from: /"x-content-type-options": "nosniff",/, to: '', noticedBy: protocol.oneFolder },
  {
    without: 'the policy header',
    from: /"content-security-policy": policy\(nonce\),/,
    to: '',
    noticedBy: protocol.policyBlocks,
  },
  {
    without: 'strict scripts',
    from: /"script-src 'self'"/,
    to: "\"script-src 'self' 'unsafe-inline' 'unsafe-eval'\"",
    noticedBy: protocol.policyBlocks,
  },
  { without: 'frame-src none', from: /"frame-src 'none'"/, to: '"frame-src *"', noticedBy: protocol.policyBlocks },
  {
    without: 'strict styles',
    from: /`style-src 'self' 'nonce-\$\{nonce\}'`/,
    to: "\"style-src 'self' 'unsafe-inline'\"",
    noticedBy: protocol.policyBlocks,
  },
  {
    without: 'a fresh nonce',
    from: /randomBytes\(18\)\.toString\("base64"\)/,
    to: '"AAAAAAAAAAAAAAAAAAAAAAAA"',
    noticedBy: protocol.policyNonce,
  },
  {
    without: 'connect-src limits',
    from: /`connect-src \$\{\[/,
    to: '`connect-src ${["http:", "ws:",',
    noticedBy: protocol.policyConnects,
  },
  { without: 'will-navigate', from: guard('will-navigate'), to: '', noticedBy: navigation.staysInPlace },
  { without: 'will-frame-navigate', from: guard('will-frame-navigate'), to: '', noticedBy: navigation.staysInPlace },
  { without: 'will-redirect', from: guard('will-redirect'), to: '', noticedBy: navigation.staysOnRedirect },
  {
    without: 'an exact origin',
    from: /url\.host === host/,
    to: 'url.host.startsWith(host)',
    noticedBy: navigation.staysInPlace,
  },
  { without: 'denied windows', from: /action: "deny"/, to: 'action: "allow"', noticedBy: navigation.opensNothing },
  { without: 'https only', from: /url\.protocol !== "https:" \|\| /, to: '', noticedBy: navigation.onlyHttpsLeaves },
  {
    without: 'no credentials in links',
    from: / \|\| url\.username !== "" \|\| url\.password !== ""/,
    to: '',
    noticedBy: navigation.onlyHttpsLeaves,
  },
  {
    without: 'the spell checker’s lock',
    from: /own\.setSpellCheckerEnabled\(false\);/,
    to: '',
    noticedBy: navigation.noSurprises,
  },
  {
    without: 'permission handlers',
    from: /own\.setPermission(Request|Check)Handler\(/g,
    to: '(() => {})(',
    noticedBy: permissions.allowList,
  },
  { without: 'the permission list', from: /ALLOWED\.has\(permission\) && /g, to: '', noticedBy: permissions.allowList },
  {
    without: 'the device lock',
    from: /own\.setDevicePermissionHandler\(\(\) => false\)/,
    to: 'own.setDevicePermissionHandler(() => true)',
    noticedBy: permissions.allowList,
  },
  {
    without: 'the permission’s origin',
    from: /ALLOWED\.has\(permission\) && isAppUrl\([\w.]+\)/g,
    to: 'ALLOWED.has(permission)',
    noticedBy: permissions.ownOriginOnly,
  },
  {
    without: 'the hub’s permissions',
    from: /"local-network-access",\s*"local-network",\s*"loopback-network"/,
    to: '',
    noticedBy: permissions.hubReachable,
  },
  {
    without: 'the sender check',
    from: /if \(!isOwnMainFrame\(event\.senderFrame\)\)/,
    to: 'if (false)',
    noticedBy: ipc.foreignPage,
  },
  {
    without: 'the sender check of the PIN window',
    from: /isConfirmMainFrame\(senderFrame\) \? windows/,
    to: 'true ? windows',
    noticedBy: signing.pinWindow,
  },
  {
    without: 'the window of the PIN',
    from: /of: \(contents\) => open\.get\(contents\) \?\? null/,
    to: 'of: () => [...open.values()].at(-1) ?? null',
    noticedBy: signing.pinWindow,
  },
  {
    without: 'the length of a PIN',
    from: /byteLength > 0 && byteLength <= (PIN_BYTES|255)/,
    to: 'byteLength >= 0',
    noticedBy: signing.pinWindow,
  },
  {
    without: 'an origin of its own for the PIN window',
    from: /isUrlOf\("confirm", frame\.url\)/,
    to: 'frame.url.startsWith("app:")',
    noticedBy: signing.pinWindow,
  },
  { without: 'the main-frame check', from: /frame\.parent === null && /, to: '', noticedBy: ipc.foreignFrames },
  {
    without: 'the request’s shape',
    from: /if \(!parsed\.success\) return bridgeFail\("invalid-request"\);/,
    to: '',
    noticedBy: ipc.garbage,
  },
  {
    without: 'the vault’s limit',
    from: /value: string(\$\d)?\(\)\.max\(BRIDGE_LIMITS\.vaultChars\) \}\)/,
    to: 'value: string$1() })',
    noticedBy: ipc.garbage,
  },
  {
    without: 'the seal',
    from: /seal: \(text\) => safeStorage\.encryptStringAsync\(text\)/,
    to: 'seal: async (text) => Buffer.from(text)',
    noticedBy: ipc.sealedVault,
  },
  {
    without: 'the refusal of a built-in key',
    from: /UNPROTECTED\.includes\(/,
    to: '[].includes(',
    noticedBy: ipc.builtInKey,
  },
  {
    without: 'the keyring’s own word',
    from: /return safeStorage\.isAsyncEncryptionAvailable\(\)/,
    to: 'return true',
    noticedBy: ipc.noKeyring,
  },
  {
    without: 'the preload’s list',
    in: 'preload',
    from: /if \(!isBridgeChannel\(channel\)\) return bridgeFail\("unknown-channel"\);/,
    to: '',
    noticedBy: locks.narrowBridge,
  },
]

for (const mutant of MUTANTS) {
  test(`noticed: without ${mutant.without} (item ${mutant.noticedBy.item})`, async () => {
    const mutate = (source: string): string => {
      const changed = source.replace(mutant.from, mutant.to)
      if (changed === source) throw new Error('the mutant no longer applies: the guard has moved')
      return changed
    }
    const mutation = mutant.in === 'preload' ? { mutatePreload: mutate } : { mutateMain: mutate }
    const outcome = await runCheck(mutant.noticedBy, mutation).then(() => 'survived', innermost)
    // Noticed by an assertion or by the host's own refusal; a bundle that merely broke would prove nothing.
    expect(outcome).toMatch(/^AssertionError|the test host refuses/)
  })
}

/** A property test wraps the assertion that failed. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown'
  const wrapped = error.name !== 'AssertionError' && error.cause instanceof Error
  return wrapped ? innermost(error.cause) : `${error.name}: ${error.message}`
}
