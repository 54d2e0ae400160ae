// Checklist item(s) 12, 13 and 15 on the real main and preload bundles, in a stock Chromium (not Electron: see tests/electron-host/README.md).
import { test } from 'vitest'
import { runCheck } from './checks/check.ts'
import * as checks from './checks/ipc.ts'

for (const check of Object.values(checks)) {
  test(`item ${check.item}: ${check.title}`, () => runCheck(check))
}
