import { channelByName, channels, clientEvent, rumMessage } from '@flux/contracts'
import type { Metrics } from '@flux/runtime'
import type { RecordTraces } from '../fanout/traces.ts'
import type { Handlers } from './handle.ts'

/** Takes latency samples into a histogram, and arrivals to their traces; returns the handler of one socket's `rum` messages. */
export const createRum = (
  metrics: Metrics,
  recordTraces: Pick<RecordTraces, 'delivered'>,
): ((handlers: Handlers) => void) => {
  const latency = metrics.histogram({
    name: 'flux_client_latency_seconds',
    help: 'From the producer to the screen, as clients measured it.',
    labels: ['channel'],
    series: channels.map((channel) => ({ channel: channel.name })),
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  })
  const arrivals = metrics.counter({
    name: 'flux_client_traces_total',
    help: 'Arrivals of traced records that clients told of: recorded, or ignored as they could not be.',
    labels: ['outcome'],
    series: [{ outcome: 'recorded' }, { outcome: 'ignored' }],
  })
  return (handlers) =>
    handlers.on(clientEvent.rum, rumMessage, ({ samples, traces = [] }, reply) => {
      for (const { c, receivedAt } of traces)
        arrivals.inc({ outcome: recordTraces.delivered(c, receivedAt) ? 'recorded' : 'ignored' })
      for (const { channel, latencyMs } of samples) {
        if (channelByName(channel)) latency.observe({ channel }, Math.max(0, latencyMs) / 1_000)
      }
      reply({ ok: true })
    })
}
