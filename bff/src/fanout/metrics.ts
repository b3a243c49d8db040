import { kafkaChannels } from '@flux/contracts'
import type { Metrics } from '@flux/runtime'

/** What the fan-out counts; nothing here is called per socket but `slowClosed`. */
export interface FanoutMetrics {
  /** Once per record and replica: from the producer's clock to the flush, in milliseconds. */
  delivered(channel: string, latencyMs: number): void
  flushed(deliveries: number, bytes: number): void
  slowClosed(): void
  /** Deliveries so far, for the replica's stats. */
  total(): number
}

/** Registers the fan-out's metrics. */
export const createFanoutMetrics = (metrics: Metrics): FanoutMetrics => {
  const latency = metrics.histogram({
    name: 'flux_delivery_latency_seconds',
    help: 'From the producer to the fan-out of this replica, one observation per record.',
    labels: ['channel'],
    series: kafkaChannels.map((channel) => ({ channel: channel.name })),
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  const deliveries = metrics.counter({
    name: 'flux_deliveries_total',
    help: 'Events written to sockets: records times members of their room.',
  })
  const sent = metrics.counter({
    name: 'flux_delivered_bytes_total',
    help: 'Bytes of events written to sockets, WebSocket framing included.',
  })
  const closed = metrics.counter({
    name: 'flux_slow_sockets_closed_total',
    help: 'Sockets closed because they took less than they were sent.',
  })
  let total = 0
  return {
    delivered: (channel, latencyMs) => latency.observe({ channel }, Math.max(0, latencyMs) / 1_000),
    flushed: (count, bytes) => {
      total += count
      deliveries.inc(count)
      sent.inc(bytes)
    },
    slowClosed: () => closed.inc(),
    total: () => total,
  }
}
