import { everyService, kafkaChannels } from '@flux/contracts'
import { FluxError, messageOf } from '../errors.ts'
import { observeTraced } from '../telemetry/exemplar.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { RefusedError } from './record.ts'

const outcomes = [
  'ok',
  'superseded',
  'refused',
  'fenced',
  'unavailable',
  'failed',
  'aborted',
] as const

type Outcome = (typeof outcomes)[number]

/** What became of a publish that failed. */
const outcomeOf = (error: unknown): Outcome => {
  if (!(error instanceof FluxError)) return 'aborted'
  if (error.code === 'not_leader') return 'fenced'
  return error.code === 'bus_unavailable' ? 'unavailable' : 'failed'
}

const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** More kinds of faults than this are counted and not logged: a provider may make them up. */
const maxKinds = 200

const publishMeters = (metrics: Metrics, channels: readonly string[]) => ({
  published: metrics.counter({
    name: 'flux_records_published_total',
    help: 'Values given to the publisher by what became of them.',
    labels: ['channel', 'outcome'],
    series: channels.flatMap((channel) => outcomes.map((outcome) => ({ channel, outcome }))),
  }),
  seconds: metrics.histogram({
    name: 'flux_publish_seconds',
    help: 'Time from giving a value to the publisher until all in-sync replicas hold it.',
    labels: ['channel'],
    series: channels.map((channel) => ({ channel })),
    buckets,
    exemplars: true,
  }),
  clamped: metrics.counter({
    name: 'flux_publish_clamped_total',
    help: 'Values whose time was so far ahead of the clock that the clock was taken.',
    labels: ['channel'],
    series: channels.map((channel) => ({ channel })),
  }),
  retries: metrics.counter({
    name: 'flux_publish_retries_total',
    help: 'Flights to the bus that failed and are made again.',
    labels: ['channel'],
    series: channels.map((channel) => ({ channel })),
  }),
})

/** Publish events: one log line (where there is news in it) and one metric each. */
export const createPublishEvents = (options: {
  readonly service: string
  readonly log: Log
  readonly metrics: Metrics
  waiting(): readonly (readonly [channel: string, count: number])[]
}) => {
  const { service, log, metrics } = options
  const own = kafkaChannels.filter((c) => c.producer === service || c.producer === everyService)
  const meters = publishMeters(
    metrics,
    own.map((c) => c.name),
  )
  metrics.gauge({
    name: 'flux_publish_waiting',
    help: 'Records that wait to be sent or are under way.',
    labels: ['channel'],
    series: own.map((c) => ({ channel: c.name })),
    collect: (gauge) => {
      for (const [channel, count] of options.waiting()) gauge.set({ channel }, count)
    },
  })
  const known = new Set<string>()
  const failing = new Set<string>()
  return {
    sent: (channel: string, outcome: 'ok' | 'superseded', seconds: number) => {
      meters.published.inc({ channel, outcome })
      if (outcome === 'superseded') return
      observeTraced(meters.seconds, { labels: { channel }, value: seconds })
      if (failing.delete(channel)) log.info({ channel }, 'publishing works again')
    },
    refused: (channel: string, error: RefusedError) => {
      meters.published.inc({ channel, outcome: 'refused' })
      const kind = `${channel}: ${error.kind}`
      if (known.has(kind) || known.size >= maxKinds) return
      known.add(kind)
      log.warn({ channel, fault: error.kind }, 'a value was refused; further ones are counted')
    },
    unsent: (channel: string, error: unknown) => {
      meters.published.inc({ channel, outcome: outcomeOf(error) })
      log.debug({ channel, err: error }, 'a value was not published')
    },
    clamped: (channel: string) => meters.clamped.inc({ channel }),
    retried: (channel: string, error: unknown) => {
      meters.retries.inc({ channel })
      if (failing.has(channel)) return
      failing.add(channel)
      log.warn({ channel, reason: messageOf(error) }, 'publishing fails and is tried again')
    },
    undelivered: (error: unknown) =>
      log.debug({ reason: messageOf(error) }, 'a dead letter was not sent'),
  }
}
