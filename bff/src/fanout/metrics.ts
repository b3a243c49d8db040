import { channels, kafkaChannels } from '@flux/contracts'
import { type Metrics, observeTraced } from '@flux/runtime'
import type { Frame } from './frame.ts'

const closeReasons = ['stalled', 'backlog', 'failed'] as const

/**
 * Why a slow connection was closed: nothing left it for too long, more waited than a mailbox bounds, or what it was owed
 * could not be made.
 */
export type CloseReason = (typeof closeReasons)[number]

/** How a channel with a gap was made whole: with the records themselves, or told anew. */
type Resynced = 'recovered' | 'snapshot'

/** What the fan-out is like when it is asked. */
interface FanoutLoad {
  /** Sockets that are in a room, and how many of them have a mailbox. */
  readonly sockets: number
  readonly conflating: number
  readonly heldBytes: number
}

/** What the fan-out counts; nothing here is called per socket but what happens to slow ones. */
export interface FanoutMetrics {
  /**
   * Once per record and replica: from the producer's clock to the flush, in milliseconds; `traceId` of a record whose
   * trace is recorded.
   */
  delivered(channel: string, latencyMs: number, traceId?: string): void
  /** Once per room with members and flush: what leaves for it. */
  left(frames: readonly Frame[]): void
  flushed(deliveries: number, bytes: number): void
  /** Deliveries saved, as a newer value of the key came before a flush, or before a client's rate let it. */
  conflated(by: 'tick' | 'rate', deliveries: number): void
  mailboxConflated(frames: number): void
  resynced(how: Resynced): void
  closed(reason: CloseReason): void
  packed(isPacked: boolean): void
  /** Where the gauges are read from. */
  watch(load: () => FanoutLoad): void
  /** Deliveries so far, for the replica's stats. */
  total(): number
}

const createLoadGauges = (metrics: Metrics) => {
  let read = (): FanoutLoad => ({ sockets: 0, conflating: 0, heldBytes: 0 })
  metrics.gauge({
    name: 'flux_mailbox_sockets',
    help: 'Sockets in rooms: written to at once, or given a mailbox as their clients do not take what they are sent.',
    labels: ['state'],
    series: [{ state: 'fast' }, { state: 'conflating' }],
    collect: (gauge) => {
      const { sockets, conflating } = read()
      gauge.set({ state: 'fast' }, sockets - conflating)
      gauge.set({ state: 'conflating' }, conflating)
    },
  })
  metrics.gauge({
    name: 'flux_mailbox_held_bytes',
    help: 'Bytes of the frames that mailboxes refer to; a frame in several mailboxes is counted in each.',
    collect: (gauge) => gauge.set(read().heldBytes),
  })
  return (load: () => FanoutLoad) => {
    read = load
  }
}

const createMailboxCounters = (metrics: Metrics) => {
  const conflated = metrics.counter({
    name: 'flux_mailbox_conflated_frames_total',
    help: 'Frames that slow clients were not sent, as newer values took their place.',
  })
  const resynced = metrics.counter({
    name: 'flux_mailbox_resynced_channels_total',
    help: 'Channels of slow clients that were made whole: with the records left out, or with a snapshot.',
    labels: ['how'],
    series: [{ how: 'recovered' }, { how: 'snapshot' }],
  })
  const closed = metrics.counter({
    name: 'flux_mailbox_closed_sockets_total',
    help: 'Sockets closed because they took less than they were sent.',
    labels: ['reason'],
    series: closeReasons.map((reason) => ({ reason })),
  })
  return {
    mailboxConflated: (frames: number) => conflated.inc(frames),
    resynced: (how: Resynced) => resynced.inc({ how }),
    closed: (reason: CloseReason) => closed.inc({ reason }),
  }
}

const names: ReadonlySet<string> = new Set(channels.map(({ name }) => name))

/** How many events of a channel follow each other: mostly all of a room's are of one. */
const runsOf = (
  frames: readonly Frame[],
): readonly (readonly [channel: string, count: number])[] => {
  const runs: [string, number][] = []
  for (const { event } of frames) {
    const run = runs.at(-1)
    if (run?.[0] === event) run[1] += 1
    else if (names.has(event)) runs.push([event, 1])
  }
  return runs
}

/** Registers the fan-out's metrics. */
export const createFanoutMetrics = (metrics: Metrics): FanoutMetrics => {
  const latency = metrics.histogram({
    name: 'flux_delivery_latency_seconds',
    help: 'From the producer to the fan-out of this replica, one observation per record.',
    labels: ['channel'],
    series: kafkaChannels.map((channel) => ({ channel: channel.name })),
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    exemplars: true,
  })
  // Made once: every record is observed.
  const latencies = new Map(kafkaChannels.map(({ name }) => [name, latency.labels(name)]))
  const events = metrics.counter({
    name: 'flux_fanout_events_total',
    help: 'Events encoded for rooms with members here; deliveries by these is the amplification.',
    labels: ['channel'],
    series: channels.map(({ name }) => ({ channel: name })),
  })
  const deliveries = metrics.counter({
    name: 'flux_deliveries_total',
    help: 'Events written to sockets: records times members of their room.',
  })
  const sent = metrics.counter({
    name: 'flux_delivered_bytes_total',
    help: 'Bytes of events written to sockets, WebSocket framing included.',
  })
  const conflated = metrics.counter({
    name: 'flux_fanout_conflated_deliveries_total',
    help: 'Deliveries saved, as a newer value came within a tick, or within the period of the rate a client chose.',
    labels: ['by'],
    series: [{ by: 'tick' }, { by: 'rate' }],
  })
  const packed = metrics.gauge({
    name: 'flux_fanout_packed',
    help: '1 when a tick is one packet per socket; 0 when the internals of Socket.IO are not as expected and events are emitted one by one.',
  })
  let total = 0
  return {
    delivered: (channel, latencyMs, traceId) => {
      const value = Math.max(0, latencyMs) / 1_000
      if (traceId === undefined) latencies.get(channel)?.observe(value)
      else observeTraced(latency, { labels: { channel }, value }, traceId)
    },
    left: (frames) => {
      for (const [channel, count] of runsOf(frames)) events.inc({ channel }, count)
    },
    flushed: (count, bytes) => {
      total += count
      deliveries.inc(count)
      sent.inc(bytes)
    },
    conflated: (by, count) => conflated.inc({ by }, count),
    packed: (isPacked) => packed.set(isPacked ? 1 : 0),
    ...createMailboxCounters(metrics),
    watch: createLoadGauges(metrics),
    total: () => total,
  }
}
