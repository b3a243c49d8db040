import type { Load } from '../result.ts'
import type { Row } from './summary.ts'

/** Something that Flux promises, and what was measured. */
export interface Check {
  readonly promise: string
  readonly measured: string
  /** `undefined`: what it needs was not measured. */
  readonly holds: boolean | undefined
}

/** Rows by the group that they were measured in: ratios are made within a group only. */
export type Rows = ReadonlyMap<string, readonly Row[]>

interface Wanted {
  readonly perSecond?: number
  readonly cpuMicros?: number
  readonly p50?: number
  readonly p99?: number
}

const rowOf = (
  rows: Rows,
  group: string,
  driver: string,
  load: Pick<Load, 'clients' | 'recordsPerSecond'>,
) =>
  rows
    .get(group)
    ?.find(
      (row) =>
        row.driver === driver &&
        row.load.clients === load.clients &&
        row.load.recordsPerSecond === load.recordsPerSecond,
    )

const thousands = (n: number) => `${Math.round(n / 1_000).toLocaleString('en')} k/s`

const absolute = (rows: Rows, clients: number, recordsPerSecond: number, wanted: Wanted): Check => {
  const row = rowOf(rows, 'beside', 'flux', { clients, recordsPerSecond })
  const { perSecond, cpuMicros, p50, p99 } = wanted
  const wishes = [
    perSecond !== undefined && `≥ ${thousands(perSecond)}`,
    cpuMicros !== undefined && `≤ ${cpuMicros} µs CPU per delivery`,
    p50 !== undefined && `p50 ≤ ${p50} ms`,
    p99 !== undefined && `p99 < ${p99} ms`,
  ].filter((wish) => wish !== false)
  const promise = `${clients} clients × ${recordsPerSecond} records/s: ${wishes.join(', ')}`
  if (!row) return { promise, measured: 'not measured', holds: undefined }
  if (row.invalid.length > 0) return { promise, measured: 'no valid run', holds: undefined }
  return {
    promise,
    measured: `${thousands(row.perSecond.median)}, ${row.cpuMicros.median.toFixed(2)} µs, p50 ${row.p50.median.toFixed(0)} ms, p99 ${row.p99.median.toFixed(0)} ms`,
    holds:
      // A window of some seconds cuts a record more or less.
      row.perSecond.median >= (perSecond ?? 0) * 0.99 &&
      row.cpuMicros.median <= (cpuMicros ?? Number.POSITIVE_INFINITY) &&
      row.p50.median <= (p50 ?? Number.POSITIVE_INFINITY) &&
      row.p99.median < (p99 ?? Number.POSITIVE_INFINITY),
  }
}

const most = (rows: Rows, driver: string, clients: number): number =>
  (rows.get('rooms') ?? [])
    .filter(
      (row) => row.driver === driver && row.load.clients === clients && row.invalid.length === 0,
    )
    .reduce((best, row) => Math.max(best, row.perSecond.median), 0)

const capacity = (rows: Rows, clients: number, factor: number): Check => {
  const promise = `a room of ${clients}: ≥ ${factor} × the deliveries per second of plain Socket.IO`
  const [own, plain] = [most(rows, 'flux', clients), most(rows, 'plain', clients)]
  if (own === 0 || plain === 0) return { promise, measured: 'not measured', holds: undefined }
  const ratio = own / plain
  return {
    promise,
    measured: `${thousands(own)} against ${thousands(plain)}: ${ratio.toFixed(1)} ×`,
    holds: ratio >= factor,
  }
}

/** At most a fifth of what plain Socket.IO needs per delivery where that is at its best. */
const cpuRatio = (rows: Rows): Check => {
  const promise = 'CPU per delivery ≤ 1/5 of plain Socket.IO, each at its best in large rooms'
  const best = (driver: string) =>
    (rows.get('rooms') ?? [])
      .filter(
        (row) => row.driver === driver && row.invalid.length === 0 && row.cpuMicros.median > 0,
      )
      .reduce((least, row) => Math.min(least, row.cpuMicros.median), Number.POSITIVE_INFINITY)
  const [own, plain] = [best('flux'), best('plain')]
  if (!Number.isFinite(own) || !Number.isFinite(plain))
    return { promise, measured: 'not measured', holds: undefined }
  return {
    promise,
    measured: `${own.toFixed(2)} against ${plain.toFixed(2)} µs: 1/${(plain / own).toFixed(1)}`,
    holds: own <= plain / 5,
  }
}

/** What everything beyond packing costs: contracts, cursors, metrics, rooms, mailboxes. */
const overPacking = (rows: Rows, clients: number, recordsPerSecond: number): Check => {
  const promise = `${clients} clients × ${recordsPerSecond} records/s: at most a third more CPU per delivery than packing alone`
  const own = rowOf(rows, 'beside', 'flux', { clients, recordsPerSecond })
  const floor = rowOf(rows, 'beside', 'packed', { clients, recordsPerSecond })
  if (!own || !floor || own.invalid.length > 0 || floor.invalid.length > 0)
    return { promise, measured: 'not measured', holds: undefined }
  const ratio = own.cpuMicros.median / floor.cpuMicros.median
  return {
    promise,
    measured: `${own.cpuMicros.median.toFixed(2)} against ${floor.cpuMicros.median.toFixed(2)} µs: ${ratio.toFixed(2)} ×`,
    holds: ratio <= 4 / 3,
  }
}

/** Half of where plain Socket.IO saturates with 500 clients. */
const half = { clients: 500, recordsPerSecond: 100 } as const
const tickMs = 10

const latency = (rows: Rows): Check => {
  const promise =
    'p99 at half of the saturation rate of plain Socket.IO (500 × 100/s): no worse than its p99 and a tick'
  const own = rowOf(rows, 'beside', 'flux', half)
  const plain = rowOf(rows, 'beside', 'plain', half)
  if (!own || !plain || own.invalid.length > 0)
    return { promise, measured: 'not measured', holds: undefined }
  return {
    promise,
    measured: `${own.p99.median.toFixed(0)} against ${plain.p99.median.toFixed(0)} ms`,
    holds: own.p99.median <= plain.p99.median + tickMs,
  }
}

/** What records pay for traces that are configured and not recorded; the noise of a run is about that much. */
const tracingFree = (rows: Rows, clients: number, recordsPerSecond: number): Check => {
  const promise = `${clients} clients × ${recordsPerSecond} records/s: OpenTelemetry with a share of 0 costs less than 5 % CPU`
  const off = rowOf(rows, 'tracing', 'flux', { clients, recordsPerSecond })
  const on = rowOf(rows, 'tracing', 'flux-traced', { clients, recordsPerSecond })
  if (!off || !on || off.invalid.length > 0 || on.invalid.length > 0)
    return { promise, measured: 'not measured', holds: undefined }
  const ratio = on.cpuMicros.median / off.cpuMicros.median
  return {
    promise,
    measured: `${on.cpuMicros.median.toFixed(2)} against ${off.cpuMicros.median.toFixed(2)} µs: ${ratio.toFixed(2)} ×`,
    holds: ratio < 1.05,
  }
}

/** What Flux promises of its fan-out, against what was measured. */
export const checksOf = (rows: Rows): readonly Check[] => [
  capacity(rows, 2_000, 5),
  capacity(rows, 5_000, 5),
  absolute(rows, 200, 100, { p50: 12 }),
  absolute(rows, 500, 1_000, { perSecond: 500_000, cpuMicros: 0.7, p99: 60 }),
  absolute(rows, 2_000, 500, { perSecond: 900_000, p99: 150 }),
  absolute(rows, 1_000, 2_000, { perSecond: 1_500_000 }),
  overPacking(rows, 500, 1_000),
  overPacking(rows, 2_000, 500),
  overPacking(rows, 1_000, 2_000),
  cpuRatio(rows),
  tracingFree(rows, 200, 2_000),
  tracingFree(rows, 1_000, 500),
  latency(rows),
]
