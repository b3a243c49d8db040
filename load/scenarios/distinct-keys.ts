import type { Bench } from '../bench/bench.ts'
import { flux } from '../bench/drivers/flux.ts'
import type { RunResult } from '../bench/result.ts'
import { runOnce } from '../bench/run.ts'
import { type Outcome, type Scenario, setting, shown } from './scenario.ts'

const seconds = setting('SECONDS', 10)
const most = setting('CLIENTS', 10_000)
const steps = [1_000, 2_000, 5_000, 8_000].filter((count) => count < most)
const highestP99Ms = 50
const wantedPerCore = 15_000

const measure = (bench: Bench, clients: number): Promise<RunResult> =>
  runOnce(bench, {
    driver: flux,
    load: {
      ...{ clients, recordsPerSecond: clients, keys: clients, valueBytes: 512 },
      ...{ delivery: 'ordered', rooms: 'per-key' },
    },
    seconds,
    processes: 2,
  })

/** Clients that a whole core would serve, at the share of one that these took. */
const perCore = ({ load, cpuShare }: RunResult) => load.clients / Math.max(cpuShare, 1e-9)

const figureOf = (run: RunResult): string => {
  const { load, latency, cpuShare, cpuMicrosPerDelivery, rssMib, delivered, offered } = run
  const numbers = [
    `p50 ${latency.p50.toFixed(1)} p99 ${latency.p99.toFixed(1)} ms`,
    `CPU ${(cpuShare * 100).toFixed(0)} % of a core (${cpuMicrosPerDelivery.toFixed(1)} µs each, ${Math.round(perCore(run))} clients per core)`,
    `RSS ${rssMib.toFixed(0)} MiB`,
    `${delivered} of ${offered} delivered`,
  ]
  return `${load.clients} clients: ${numbers.join(', ')}`
}

const outcomeOf = (runs: readonly RunResult[]): Outcome => {
  const inTime = runs.filter(({ latency }) => latency.p99 < highestP99Ms)
  const highest = inTime.at(-1)
  const served = highest ? Math.round(perCore(highest)) : 0
  return {
    figures: runs.map(figureOf),
    verdicts: [
      shown(
        'all is delivered',
        runs.every((run) => run.complete),
        'see above',
      ),
      shown(
        `at least ${wantedPerCore} clients per core at p99 < ${highestP99Ms} ms`,
        served >= wantedPerCore,
        `${served} (${highest?.load.clients ?? 0} clients measured)`,
      ),
    ],
    invalid: runs.flatMap(({ load, invalid }) =>
      invalid.map((why) => `${load.clients} clients: ${why}`),
    ),
  }
}

/** Every client has a key and a room to itself: nothing is shared, so nothing is gained by packing. */
export const distinctKeys: Scenario = {
  name: 'distinct-keys',
  about: 'one message of 512 B a second and client, distinct keys',
  run: async (bench) => {
    const runs: RunResult[] = []
    for (const clients of [...steps, most]) runs.push(await measure(bench, clients))
    return outcomeOf(runs)
  },
}
