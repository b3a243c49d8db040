import { canaryRoom, createCanaryClient } from './cluster/canary.ts'
import { occupancyOf, watchPresence } from './cluster/presence.ts'
import { createRates } from './cluster/rates.ts'
import { createStats, type StatsTable } from './cluster/stats.ts'
import { createFanout, type Fanout } from './fanout/fanout.ts'
import { createFanoutMetrics } from './fanout/metrics.ts'
import { refill } from './fanout/refill.ts'
import { createRecordTraces, type RecordTraces } from './fanout/traces.ts'
import type { BffOptions } from './options.ts'
import type { PublicServer } from './server.ts'
import type { Feed } from './state/feed.ts'
import { buildHydrate, type Hydrate, type Known, nothingKnown } from './state/hydrate.ts'
import { createHydrateCache } from './state/hydrate-cache.ts'
import { registerRoomMetrics } from './state/room-metrics.ts'

/** How records reach rooms, live and as hydrates. */
export interface Delivery {
  readonly fanout: Fanout
  readonly stats: StatsTable
  readonly traces: RecordTraces
  stopPresence(): void
  /** What a room holds for a client that brought this. */
  hydrateOf(room: string, known: Known): Hydrate
}

/** Bytes that wait in this process for one socket, above which it is sent the newest values alone when it can take them. */
const slowBytes = 64 * 1_024

/** Packets, and bytes of hydrates and answers, that may wait for one socket. */
const maxBacklog = { packets: 1_000, bytes: 4 * 1_024 * 1_024 }

/** Joins state, fan-out and the replicas' stats. */
export const createDelivery = (
  options: BffOptions,
  { io, drain, connections, isPacked }: PublicServer,
  feed: Feed,
): Delivery => {
  const { config, replica, clock, log } = options
  const metrics = createFanoutMetrics(options.metrics)
  const source = () => ({
    epoch: feed.epoch(),
    stateOf: feed.stateOf,
    bornIn: stats.bornIn,
    now: clock.now(),
  })
  const traces = createRecordTraces(options.tracing, clock)
  const fanout = createFanout({
    io,
    traces,
    clock,
    metrics,
    tickMs: config.tickMs,
    isPacked,
    slowBytes,
    maxBacklog,
    missedOf: (room, channel, gaps) =>
      refill(feed.stateOf(channel)?.room(room)?.rings.values() ?? [], gaps),
    hydrateOf: (room, only, why) =>
      buildHydrate(room, { ...nothingKnown, foreign: why === 'reset' }, { ...source(), only })
        .texts,
    onError: (err) => log.error({ err }, 'a flush failed'),
  })
  const rates = createRates(clock, { records: feed.total, deliveries: metrics.total })
  const stats = createStats({
    io,
    clock,
    fanout,
    replica,
    shared: options.valkey !== undefined,
    collect: () => ({
      replica,
      tail: feed.tail(),
      draining: drain.isDraining(),
      sockets: connections(),
      rooms: occupancyOf(io).size,
      ...rates.read(),
      at: clock.now(),
    }),
    rooms: () => occupancyOf(io),
  })
  registerRoomMetrics(options.metrics, { feed, clock, rooms: () => occupancyOf(io).keys() })
  fanout.watch(canaryRoom, createCanaryClient(options.metrics, clock))
  const stopPresence = watchPresence({ io, clock, fanout, stats })
  const cached = createHydrateCache({ clock, version: feed.version })
  const hydrateOf = (room: string, known: Known): Hydrate => {
    const build = () => buildHydrate(room, known, source())
    // What is born on replicas changes without a record.
    return stats.bornIn(room).size > 0 ? build() : cached(room, known, build)
  }
  return { fanout, stats, traces, stopPresence, hydrateOf }
}
