// Checklist item(s) 5 to 7 on the real main and preload bundles, in a stock Chromium (not Electron: see tests/electron-host/README.md).
import { test } from 'vitest'
import { runCheck } from './checks/check.ts'
import * as checks from './checks/protocol.ts'

for (const check of Object.values(checks)) {
  test(`item ${check.item}: ${check.title}`, () => runCheck(check))
}
