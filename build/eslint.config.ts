// Lint rules of the whole repository: strict types, the arrows between the sides, and the few habits a compiler cannot see.
import { resolve } from 'node:path'
import { defineConfig } from 'eslint/config'
import boundaries from 'eslint-plugin-boundaries'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const ROOT = resolve(import.meta.dirname, '..')

const SIDES = ['shared', 'hub', 'electron', 'renderer', 'tests', 'build'] as const

/** The one file of the hub that the desktop may know: how to start it as a process. */
const HUB_START = 'start-contract.ts'

/** Which side may import which: arrows point one way, see README "Architecture". */
const ARROWS: Record<(typeof SIDES)[number], readonly string[]> = {
  shared: ['shared'],
  hub: ['hub', 'shared'],
  electron: ['electron', 'shared'],
  renderer: ['renderer', 'shared'],
  tests: ['tests', 'shared', 'hub', 'electron', 'renderer', 'build'],
  build: ['build', 'shared'],
}

export default defineConfig(
  {
    ignores: [
      'dist/**',
      '.tra-my/**',
      'release/**',
      'coverage/**',
      'node_modules/**',
      'tests/fixtures/**',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // The service worker has no window: its folder has a library of its own.
        project: [...SIDES, 'renderer/offline', 'electron/confirm'].map((side) => `./${side}/tsconfig.json`),
        tsconfigRootDir: ROOT,
      },
    },
    plugins: { boundaries },
    settings: {
      // Without ".." in it: the plugin compares texts, and with a path it cannot match it checks nothing.
      'boundaries/root-path': ROOT,
      // The whole path from the root: shared/hub is no hub.
      'boundaries/elements': SIDES.map((side) => ({ type: side, pattern: side, partialMatch: false })),
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...Object.entries(ARROWS).map(([side, allowed]) => ({
              from: { element: { type: side } },
              allow: { to: { element: { type: [...allowed] } } },
            })),
            {
              from: { element: { type: 'electron' } },
              allow: { to: { element: { type: 'hub', fileInternalPath: HUB_START } } },
            },
          ],
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A name with an underscore is left out on purpose, as in `const { secret: _secret, ...rest } = row`.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // The domain has no surroundings: what is not in the language comes in as an argument.
    files: ['shared/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'setTimeout', 'fetch'],
      'no-restricted-imports': [
        'error',
        { patterns: ['node:*'], paths: ['electron', 'fastify', 'ws', 'react', 'dexie'] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument in shared/.' },
        { object: 'Math', property: 'random', message: 'Chance is an argument in shared/.' },
      ],
    },
  },
  {
    files: ['hub/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', message: 'Only electron/ may import electron.' }] },
      ],
    },
  },
  {
    // ipcMain is touched in one file, which checks the sender and the shape of every call.
    files: ['electron/**/*.ts'],
    ignores: ['electron/main/ipc-router.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', importNames: ['ipcMain'], message: 'Use electron/main/ipc-router.ts.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'Property[key.name=/^(nodeIntegrationInWorker|nodeIntegrationInSubFrames|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag)$/]',
          message: 'This switch weakens the sandbox of every page.',
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': { rules: reactHooks.rules } },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/[A-Za-zÀ-ỹ]/]', message: 'Text for people comes from renderer/i18n/vi.json.' },
      ],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'tests/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': 'off',
      'no-console': 'off',
    },
  },
  { files: ['build/**/*.ts', 'electron/cli/**/*.ts', 'tests/bench/**/*.ts'], rules: { 'no-console': 'off' } },
)
