// Four projects by what they need: pure domain, real hub, DOM, and the ones that start processes and browsers.
import { defineConfig } from 'vitest/config'

const root = `${import.meta.dirname}/..`

export default defineConfig({
  root,
  test: {
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.fixture.ts'],
      reportsDirectory: 'coverage',
    },
    reporters: ['default', `${import.meta.dirname}/closing-line-reporter.ts`],
    // The provider from npm reports our own message types on the console; what a failing test printed is still shown.
    silent: 'passed-only',
    projects: [
      { test: { name: 'domain', root, include: ['shared/**/*.test.ts'], environment: 'node', testTimeout: 30_000 } },
      {
        test: {
          name: 'hub',
          root,
          include: ['hub/**/*.test.ts', 'electron/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          testTimeout: 30_000,
        },
      },
      { test: { name: 'renderer', root, include: ['renderer/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
      {
        test: {
          name: 'system',
          root,
          include: ['tests/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // Browsers and kill rounds share two cores: one file at a time keeps each honest.
          fileParallelism: false,
        },
      },
    ],
  },
})
