import { systemClock } from '@flux/runtime'
import type { Bench, Served } from '../bench/bench.ts'
import { flux } from '../bench/drivers/flux.ts'
import type { Fleet, FleetReport } from '../bench/fleet.ts'
import type { LatencySummary } from '../bench/measure/histogram.ts'
import { cpuSecondsOf, probe, rssMibOf } from '../bench/measure/server.ts'
import { invalidBecause } from '../bench/measure/verdict.ts'
import type { ProduceOutput } from '../bench/produce/messages.ts'
import { gather, highest, settled } from './crowd.ts'
import { below, type Outcome, type Scenario, setting, shown } from './scenario.ts'

const seconds = setting('SECONDS', 15)
const keys = 50
const warmSeconds = 4
const lateComers = 100

interface Load {
  readonly clients: number
  readonly recordsPerSecond: number
}

interface Measured {
  readonly load: Load
  readonly report: FleetReport
  readonly lag: LatencySummary
  readonly handshake: LatencySummary
  /** Clients that came during the load and did not get in. */
  readonly refused: number
  readonly cpuShare: number
  /** At most above what the window began with, and how much of that came in its second half. */
  readonly grownMib: number
  readonly lateGrownMib: number
  readonly produced: ProduceOutput
  readonly isCurrent: boolean
  readonly settledMs: number
  readonly misordered: number
}

/** Clients that come while the load is on, two at a time: what a handshake takes then. */
const comeLate = async (served: Served) => {
  const fleet = await gather(served, { clients: 0, processes: 1, expectedPerSecond: 1 })
  const opened = await fleet.open(lateComers, { atOnce: 2 })
  return { fleet, opened }
}

const watchWindow = async (served: Served, fleet: Fleet) => {
  const { pid, probeUrl } = served.server
  const watch = probe(probeUrl)
  await fleet.mark()
  const before = { rss: rssMibOf(pid), cpu: cpuSecondsOf(pid), at: systemClock.monotonic() }
  try {
    const rss = () => rssMibOf(pid)
    const halves = async () => [await highest(seconds / 2, rss), await highest(seconds / 2, rss)]
    const [late, [first = 0, second = 0]] = await Promise.all([comeLate(served), halves()])
    const report = await fleet.report()
    const wall = (systemClock.monotonic() - before.at) / 1_000
    await late.fleet.close()
    return {
      ...{ report, lag: watch.read(), handshake: late.opened.handshake },
      refused: late.opened.failed,
      cpuShare: (cpuSecondsOf(pid) - before.cpu) / wall,
      grownMib: Math.max(first, second) - before.rss,
      lateGrownMib: second - first,
    }
  } finally {
    watch.stop()
  }
}

const measureLoad = async (bench: Bench, load: Load): Promise<Measured> => {
  const { clients, recordsPerSecond } = load
  const served = await bench.serve(flux, { delivery: 'latest' })
  const expectedPerSecond = clients * recordsPerSecond
  const fleet = await gather(served, { clients, processes: 2, expectedPerSecond, witnesses: 5 })
  try {
    const feed = { perSecond: recordsPerSecond, keys, valueBytes: 250 }
    const producing = served.produce({ ...feed, seconds: warmSeconds + seconds + 2 })
    await systemClock.sleep(warmSeconds * 1_000)
    const window = await watchWindow(served, fleet)
    const produced = await producing
    const isCurrent = await settled(fleet, keys)
    const { lastFinalMicros, misordered } = await fleet.report()
    const settledMs = Math.max(0, lastFinalMicros - produced.endMicros) / 1_000
    return { load, ...window, produced, isCurrent, settledMs, misordered }
  } finally {
    await fleet.close()
    await served.close()
  }
}

const nameOf = ({ clients, recordsPerSecond }: Load) => `${clients} × ${recordsPerSecond}/s`

/** Deliveries that a key's newer value did not replace, as a share of those offered. */
const deliveredShare = ({ load, report }: Measured) =>
  report.perSecond / (load.clients * load.recordsPerSecond)

const figuresOf = (measured: Measured): string => {
  const { load, report, lag, handshake } = measured
  const numbers = [
    `${Math.round(report.perSecond)} deliveries/s (${(deliveredShare(measured) * 100).toFixed(0)} % of those offered, the rest conflated)`,
    `p99 ${report.latency.p99.toFixed(0)} ms`,
    `age of the newest p99 ${report.age.p99.toFixed(0)} ms`,
    `handshake p50 ${handshake.p50.toFixed(0)} p99 ${handshake.p99.toFixed(0)} ms`,
    `loop p50 ${lag.p50.toFixed(0)} p99 ${lag.p99.toFixed(0)} ms`,
    `CPU ${(measured.cpuShare * 100).toFixed(0)} %`,
    `RSS +${measured.grownMib.toFixed(0)} MiB, in the second half ${measured.lateGrownMib.toFixed(0)} MiB`,
  ]
  return `${nameOf(load)}: ${numbers.join(', ')}`
}

const rulesOf = (measured: Measured) => {
  const { load, lag, handshake, refused, isCurrent, settledMs, misordered } = measured
  const name = nameOf(load)
  const current = isCurrent && settledMs < 1_000
  return [
    below(`${name}: handshake p99`, handshake.p99, { limit: 1_000, unit: 'ms' }),
    below(`${name}: event loop lag p99`, lag.p99, { limit: 250, unit: 'ms' }),
    // What waits for the kernel grows with the clients; it must not go on growing with time.
    below(`${name}: memory grows on in the second half by`, measured.lateGrownMib, {
      limit: 30,
      unit: 'MiB',
    }),
    shown(
      `${name}: all have the newest of every key within a second`,
      current,
      isCurrent ? `${settledMs.toFixed(0)} ms` : 'never',
    ),
    shown(
      `${name}: none out of order, none refused`,
      misordered + refused === 0,
      `${misordered}, ${refused}`,
    ),
  ]
}

/** Twice the rate at which records begin to be conflated in earnest, found by doubling. */
const twiceSaturation = async (bench: Bench, clients: number): Promise<Load> => {
  for (let recordsPerSecond = 250; recordsPerSecond < 4_000; recordsPerSecond *= 2) {
    const measured = await measureLoad(bench, { clients, recordsPerSecond })
    if (deliveredShare(measured) < 0.9) return { clients, recordsPerSecond: recordsPerSecond * 2 }
  }
  return { clients, recordsPerSecond: 8_000 }
}

const outcomeOf = (all: readonly Measured[]): Outcome => ({
  figures: all.map(figuresOf),
  verdicts: all.flatMap(rulesOf),
  invalid: all.flatMap(({ load, report, produced }) =>
    invalidBecause(report.efforts, produced).map((why) => `${nameOf(load)}: ${why}`),
  ),
})

/** More than one process can deliver: it sheds by conflation, and nothing else suffers. */
export const overload: Scenario = {
  name: 'overload',
  about: 'more deliveries than a process makes: handshakes, event loop, newest values',
  run: async (bench) => {
    const recordsPerSecond = setting('RATE', 200)
    const only = setting('CLIENTS', 0)
    const counts = only > 0 ? [only] : [5_000, 10_000]
    const all: Measured[] = []
    for (const clients of counts) all.push(await measureLoad(bench, { clients, recordsPerSecond }))
    if (setting('TWICE', 1) === 1) {
      const load = await twiceSaturation(bench, setting('TWICE_CLIENTS', 2_000))
      all.push(await measureLoad(bench, load))
    }
    return outcomeOf(all)
  },
}
