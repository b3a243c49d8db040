import { systemClock } from '@flux/runtime'
import type { Bench, Served } from './bench.ts'
import type { Driver } from './drivers/driver.ts'
import { type Fleet, type FleetReport, startFleet } from './fleet.ts'
import { monotonicMicros } from './measure/clock.ts'
import type { LatencySummary } from './measure/histogram.ts'
import { cpuSecondsOf, machineTicks, type Probe, probe, rssMibOf } from './measure/server.ts'
import { invalidBecause } from './measure/verdict.ts'
import type { ProduceOutput } from './produce/messages.ts'
import type { Load, RunResult } from './result.ts'

/** How long and with what a load is measured. */
export interface RunOptions {
  readonly driver: Driver
  readonly load: Load
  /** Length of the window. */
  readonly seconds: number
  /** Records are sent for so long before the window begins; 3 by default. */
  readonly warmSeconds?: number
  /** Client processes. */
  readonly processes: number
  readonly profileTo?: string | undefined
}

const tailSeconds = 0.5
const settleMs = 15_000
const witnesses = 10

interface Window {
  readonly report: FleetReport
  readonly cpuSeconds: number
  readonly seconds: number
  readonly rssMib: number
  readonly probed: LatencySummary
  readonly idleShare: number
}

const measureWindow = async (
  { server }: Served,
  fleet: Fleet,
  options: { readonly watch: Probe; readonly seconds: number },
): Promise<Window> => {
  await fleet.mark()
  options.watch.mark()
  const before = { cpu: cpuSecondsOf(server.pid), at: monotonicMicros(), ticks: machineTicks() }
  await systemClock.sleep(options.seconds * 1_000)
  const cpuSeconds = cpuSecondsOf(server.pid) - before.cpu
  const seconds = (monotonicMicros() - before.at) / 1e6
  const ticks = machineTicks()
  const idle = ticks.idle - before.ticks.idle
  return {
    report: await fleet.report(),
    ...{ cpuSeconds, seconds, rssMib: rssMibOf(server.pid), probed: options.watch.read() },
    idleShare: idle / Math.max(1, ticks.total - before.ticks.total),
  }
}

/** How many clients get a record. */
const clientsPerRecord = ({ clients, rooms }: Load) => (rooms === 'one' ? clients : 1)

const isComplete = (load: Load, report: FleetReport, sent: number) =>
  load.rooms === 'per-key'
    ? report.events === sent
    : load.delivery === 'ordered'
      ? report.fewest === sent && report.most === sent
      : report.fewestFinals === load.keys

/** Waits until every client has what it is owed, or nothing has come for long. */
const settle = async (fleet: Fleet, isDone: (report: FleetReport) => boolean) => {
  const until = systemClock.monotonic() + settleMs
  let report = await fleet.report()
  while (!isDone(report) && systemClock.monotonic() < until) {
    await systemClock.sleep(250)
    report = await fleet.report()
  }
  return report
}

interface Measured {
  readonly options: RunOptions
  readonly window: Window
  readonly final: FleetReport
  readonly produced: ProduceOutput
  readonly handshake: LatencySummary
}

const resultOf = ({ options, window, final, produced, handshake }: Measured): RunResult => {
  const { driver, load } = options
  const { report, cpuSeconds, seconds } = window
  const inWindow = report.perSecond * seconds
  return {
    driver: driver.name,
    load,
    seconds,
    deliveredPerSecond: report.perSecond,
    offered: produced.sent * clientsPerRecord(load),
    delivered: final.events,
    complete: isComplete(load, final, produced.sent),
    misordered: final.misordered,
    settledMs: Math.max(0, (final.lastFinalMicros - produced.endMicros) / 1_000),
    ...{ latency: report.latency, age: report.age, handshake },
    cpuMicrosPerDelivery: inWindow > 0 ? (cpuSeconds * 1e6) / inWindow : 0,
    cpuShare: cpuSeconds / seconds,
    ...{ rssMib: window.rssMib, probe: window.probed, idleShare: window.idleShare },
    bytesPerEvent: final.events > 0 ? final.bytes / final.events : 0,
    invalid: [...invalidBecause(report.efforts, produced)],
  }
}

const measure = async (served: Served, fleet: Fleet, options: RunOptions): Promise<RunResult> => {
  const { load, seconds, warmSeconds = 3 } = options
  const opened = await fleet.open(load.clients)
  if (opened.failed > 0) {
    throw new Error(`${opened.failed} clients did not get in: ${opened.firstError}`)
  }
  const watch = probe(served.server.probeUrl)
  try {
    const { recordsPerSecond: perSecond, keys, valueBytes } = load
    const producing = served.produce({
      ...{ perSecond, keys, valueBytes },
      seconds: warmSeconds + seconds + tailSeconds,
    })
    await systemClock.sleep(warmSeconds * 1_000)
    const window = await measureWindow(served, fleet, { watch, seconds })
    const produced = await producing
    const final = await settle(fleet, (report) => isComplete(load, report, produced.sent))
    return resultOf({ options, window, final, produced, handshake: opened.handshake })
  } finally {
    watch.stop()
  }
}

/** Measures one server under one load, from its start to its end. */
export const runOnce = async (bench: Bench, options: RunOptions): Promise<RunResult> => {
  const { driver, load, processes, profileTo } = options
  const { delivery, rooms } = load
  const served = await bench.serve(driver, { delivery, rooms, profileTo })
  const expectedPerSecond = clientsPerRecord(load) * load.recordsPerSecond
  const latestOnly = load.delivery === 'latest' ? { witnesses } : {}
  const fleet = startFleet({ server: served.server, processes, expectedPerSecond, ...latestOnly })
  try {
    return await measure(served, fleet, options)
  } finally {
    await fleet.close()
    await served.close()
  }
}
