import * as z from 'zod'
import { type ClientReport, clientReport, openOutput } from './clients/messages.ts'
import type { Running } from './drivers/driver.ts'
import type { Effort } from './measure/effort.ts'
import { createLatencies, type LatencySummary } from './measure/histogram.ts'
import { primeFrom } from './measure/stats.ts'
import { startWorker, type Worker } from './measure/worker.ts'
import type { Protocol } from './wire/protocol.ts'

/** What opening connections came to. */
interface Opened {
  readonly ready: number
  readonly failed: number
  readonly firstError: string
  /** From the first byte to being served. */
  readonly handshake: LatencySummary
}

/** All client processes together; latencies, ages and efforts are since the last `mark`. */
export interface FleetReport {
  /** Events since the beginning. */
  readonly events: number
  /** Events a second since the last `mark`. */
  readonly perSecond: number
  readonly bytes: number
  readonly open: number
  readonly fewest: number
  readonly most: number
  readonly fewestFinals: number
  readonly lastFinalMicros: number
  readonly misordered: number
  readonly latency: LatencySummary
  readonly age: LatencySummary
  readonly efforts: readonly Effort[]
}

/** How connections are opened. */
export interface OpenOptions {
  readonly protocol?: Protocol
  /** Handshakes under way at a time, 100 by default. */
  readonly atOnce?: number
}

/** The client processes of a run. */
export interface Fleet {
  /** Opens this many connections more, spread over the processes. */
  open(count: number, options?: OpenOptions): Promise<Opened>
  /** Begins a window: what is measured from here on is told by `report`. */
  mark(): Promise<void>
  report(): Promise<FleetReport>
  /** This many connections stop reading, or go on. */
  pause(count: number): Promise<void>
  resume(count: number): Promise<void>
  /** All connections end at once, without a goodbye. */
  drop(): Promise<void>
  close(): Promise<void>
}

/** What a fleet is for. */
export interface FleetOptions {
  readonly server: Running
  readonly processes: number
  /** Events a second that are expected in all: they choose the sampling period. */
  readonly expectedPerSecond: number
  /** Connections of each process that look at every event. */
  readonly witnesses?: number
}

const samplesPerSecond = 5_000
const addresses = 8
const nothing = z.unknown()

/** Loopback addresses of one process: each has ports of its own. */
const addressesOf = (index: number): string[] =>
  Array.from({ length: addresses }, (_, i) => `127.0.${index + 1}.${i + 1}`)

const shareOf = (count: number, index: number, processes: number): number =>
  Math.floor((count * (index + 1)) / processes) - Math.floor((count * index) / processes)

const merge = (encoded: readonly string[]): LatencySummary => {
  const all = createLatencies()
  for (const text of encoded) all.add(text)
  return all.summary()
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

const combine = (reports: readonly ClientReport[], marked: readonly number[]): FleetReport => {
  const of = (pick: (report: ClientReport) => number) => reports.map(pick)
  const rates = reports.map((r, i) => (r.events - (marked[i] ?? 0)) / r.effort.seconds)
  return {
    events: sum(of((r) => r.events)),
    perSecond: sum(rates),
    bytes: sum(of((r) => r.bytes)),
    open: sum(of((r) => r.open)),
    fewest: Math.min(...of((r) => r.fewest)),
    most: Math.max(...of((r) => r.most)),
    fewestFinals: Math.min(...of((r) => r.fewestFinals)),
    lastFinalMicros: Math.max(...of((r) => r.lastFinalMicros)),
    misordered: sum(of((r) => r.misordered)),
    latency: merge(reports.map((r) => r.latencies)),
    age: merge(reports.map((r) => r.ages)),
    efforts: reports.map((r) => r.effort),
  }
}

const startClients = (count: number): Worker[] =>
  Array.from({ length: count }, (_, index) =>
    startWorker(new URL('./clients/main.ts', import.meta.url), `client process ${index + 1}`),
  )

/** Starts the client processes of a run; they hold no connection yet. */
export const startFleet = (options: FleetOptions): Fleet => {
  const { server, processes, expectedPerSecond, witnesses = 0 } = options
  const workers = startClients(processes)
  const sampleEvery = primeFrom(expectedPerSecond / processes / samplesPerSecond)
  let marked: readonly number[] = []
  const report = () => Promise.all(workers.map((w) => w.call('report', {}, clientReport)))
  const each = async (method: string, count: number) => {
    await Promise.all(
      workers.map((worker, index) =>
        worker.call(method, { count: shareOf(count, index, processes) }, nothing),
      ),
    )
  }
  return {
    open: async (count, { protocol = server.protocol, atOnce = 100 } = {}) => {
      const opened = await Promise.all(
        workers.map((worker, index) => {
          const share = shareOf(count, index, processes)
          const lanes = Math.max(1, shareOf(atOnce, index, processes))
          const { host, port } = server
          const where = { host, port, from: addressesOf(index) }
          const first = Math.floor((count * index) / processes)
          const how = { protocol, count: share, first, atOnce: lanes, witnesses, sampleEvery }
          return worker.call('open', { ...where, ...how }, openOutput)
        }),
      )
      return {
        ready: sum(opened.map((o) => o.ready)),
        failed: sum(opened.map((o) => o.failed)),
        firstError: opened.find((o) => o.firstError)?.firstError ?? '',
        handshake: merge(opened.map((o) => o.handshakes)),
      }
    },
    mark: async () => {
      await Promise.all(workers.map((worker) => worker.call('mark', {}, nothing)))
      marked = (await report()).map((r) => r.events)
    },
    report: async () => combine(await report(), marked),
    pause: (count) => each('pause', count),
    resume: (count) => each('resume', count),
    drop: async () => {
      await Promise.all(workers.map((worker) => worker.call('drop', {}, nothing)))
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}
