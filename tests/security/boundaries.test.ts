// The arrows of the architecture are lint errors: an import against one is refused, an import along one is not.
import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfigFile: join(ROOT, 'build/eslint.config.ts'),
  // The arrows need no types, and reading them all would take half a minute.
  overrideConfig: [tseslint.configs.disableTypeChecked],
})

/** Lints one import as if it stood in an existing file. @returns rules that refuse the import */
async function refusals(file: string, from: string): Promise<string[]> {
  const [result] = await eslint.lintText(`import * as x from '${from}'\nexport const y = x\n`, {
    filePath: join(ROOT, file),
  })
  const rules = ['boundaries/dependencies', 'no-restricted-imports']
  return (result?.messages ?? []).flatMap(({ ruleId }) => (ruleId !== null && rules.includes(ruleId) ? [ruleId] : []))
}

test.each([
  ['electron/bridge/open-link.ts', '../../hub/server.ts'],
  ['electron/bridge/open-link.ts', '../../renderer/desktop/bridge.ts'],
  ['hub/server.ts', '../electron/bridge/open-link.ts'],
  ['hub/server.ts', '../renderer/desktop/bridge.ts'],
  ['renderer/desktop/bridge.ts', '../../hub/server.ts'],
  ['renderer/desktop/bridge.ts', '../../electron/bridge/open-link.ts'],
  ['shared/assert-never.ts', '../hub/start-contract.ts'],
  ['shared/assert-never.ts', '../electron/bridge/open-link.ts'],
])('%s may not import %s', async (file, from) => {
  expect(await refusals(file, from)).toEqual(['boundaries/dependencies'])
})

test.each([
  ['electron/bridge/open-link.ts', 'electron', ['no-restricted-imports']],
  ['renderer/desktop/bridge.ts', 'electron', ['no-restricted-imports']],
  ['shared/assert-never.ts', 'node:fs', ['no-restricted-imports']],
])('%s may not import %s', async (file, from, rules) => {
  // In electron/ only `ipcMain` is refused, and a whole module brings it along.
  expect(await refusals(file, from)).toEqual(rules)
})

test.each([
  ['electron/bridge/open-link.ts', '../../hub/start-contract.ts'],
  ['electron/bridge/open-link.ts', '../../shared/hub/wire.ts'],
  ['renderer/desktop/bridge.ts', '../../shared/hub/wire.ts'],
  ['hub/server.ts', '../shared/hub/wire.ts'],
])('%s may import %s', async (file, from) => {
  expect(await refusals(file, from)).toEqual([])
})
