import { median, type Spread, spreadOf } from '../measure/stats.ts'
import type { Load, RunResult } from '../result.ts'

/** The valid repetitions of one load with one server, as middle and spread; all of them where none is valid. */
export interface Row {
  readonly driver: string
  readonly load: Load
  readonly runs: number
  readonly perSecond: Spread
  /** Share of what was offered that was delivered in the end. */
  readonly deliveredShare: number
  readonly complete: boolean
  readonly cpuMicros: Spread
  readonly cpuShare: Spread
  readonly p50: Spread
  readonly p99: Spread
  readonly ageP50: Spread
  readonly ageP99: Spread
  readonly settledMs: Spread
  readonly misordered: number
  readonly probeP99: Spread
  readonly handshakeP99: Spread
  readonly rssMib: Spread
  readonly bytesPerEvent: number
  /** Why no run is valid; empty when one is. */
  readonly invalid: readonly string[]
}

/** Loads with equal texts are the same. */
const loadKey = (load: Load): string =>
  [load.clients, load.recordsPerSecond, load.keys, load.delivery, load.rooms].join(' ')

const rowOf = (all: readonly RunResult[]): Row | undefined => {
  const valid = all.filter(({ invalid }) => invalid.length === 0)
  const runs = valid.length > 0 ? valid : all
  const [first] = runs
  if (!first) return undefined
  const of = (pick: (run: RunResult) => number) => spreadOf(runs.map(pick))
  return {
    driver: first.driver,
    load: first.load,
    runs: runs.length,
    perSecond: of((r) => r.deliveredPerSecond),
    deliveredShare: median(runs.map((r) => r.delivered / r.offered)),
    complete: runs.every((r) => r.complete),
    cpuMicros: of((r) => r.cpuMicrosPerDelivery),
    cpuShare: of((r) => r.cpuShare),
    p50: of((r) => r.latency.p50),
    p99: of((r) => r.latency.p99),
    ageP50: of((r) => r.age.p50),
    ageP99: of((r) => r.age.p99),
    settledMs: of((r) => r.settledMs),
    misordered: runs.reduce((sum, r) => sum + r.misordered, 0),
    probeP99: of((r) => r.probe.p99),
    handshakeP99: of((r) => r.handshake.p99),
    rssMib: of((r) => r.rssMib),
    bytesPerEvent: median(runs.map((r) => r.bytesPerEvent)),
    invalid: runs.flatMap((r) => r.invalid),
  }
}

/** One row per load and server, in the order in which they were first measured. */
export const summarize = (runs: readonly RunResult[]): Row[] => {
  const byCase = Map.groupBy(runs, (run) => `${loadKey(run.load)} ${run.driver}`)
  return [...byCase.values()].flatMap((own) => rowOf(own) ?? [])
}
