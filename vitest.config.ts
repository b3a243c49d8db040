import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const inside = (parent: string) => readdirSync(parent).map((name) => `${parent}/${name}`)

const unit = [
  ...inside('packages'),
  ...inside('services'),
  'bff',
  'sandbox',
  'frontend',
  'scripts',
  'charts',
  'load',
  'observability',
  'chaos',
]

/** Units live beside their file; whole processes and real servers in `test/`. */
export default defineConfig({
  test: {
    projects: [
      ...unit.map((root) => ({
        test: {
          name: `unit:${root.split('/').at(-1)}`,
          root,
          // Of load, k6 runs what is in k6/.
          include: [root === 'load' ? '{bench,deltas,scenarios}/**/*.test.ts' : 'src/**/*.test.ts'],
          // No module holds state, so files may share a worker.
          isolate: false,
          environment: 'node' as const,
        },
      })),
      {
        test: {
          name: 'integration',
          include: [
            '{packages,services}/*/test/**/*.test.ts',
            '{bff,sandbox,scripts,load,observability}/test/**/*.test.ts',
          ],
          environment: 'node' as const,
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Most of the time these wait for servers; a third one would make the others late.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['e2e/test/**/*.test.ts'],
          environment: 'node' as const,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // Each has a stack of its own, which it mostly waits for.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'charts',
          include: ['charts/test/**/*.test.ts'],
          environment: 'node' as const,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['e2e/cluster/**/*.test.ts'],
          environment: 'node' as const,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
          // One cluster: what one file breaks on purpose, the next must find whole.
          fileParallelism: false,
        },
      },
    ],
  },
})
