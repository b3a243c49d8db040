import * as z from 'zod/mini'
import { channel, everyService } from './channel.ts'
import { amount, count, epochMs, text } from './values.ts'

const minute = 60_000
const hour = 60 * minute

/** How a provider does, as its service sees it. */
export const sourceStates = ['ok', 'degraded', 'down', 'unconfigured'] as const

/** The state of a service's provider. `enabledBy` names the setting that would switch an unconfigured one on. */
export const platformSources = channel({
  name: 'platform.sources',
  topic: 'platform.sources.event.updated',
  schema: z.object({
    service: text(64),
    provider: text(64),
    replica: text(100),
    leader: z.boolean(),
    state: z.enum(sourceStates),
    reason: z.nullable(text(200)),
    enabledBy: z.nullable(text(64)),
    lastSuccessAt: z.nullable(epochMs),
    breaker: z.nullable(z.enum(['closed', 'open', 'half_open'])),
    /** Replies or frames taken from the provider in the last minute. */
    ratePerMinute: amount,
    simulated: z.boolean(),
    at: epochMs,
  }),
  producer: everyService,
  delivery: 'latest',
  ages: { refreshAfterMs: null, staleAfterMs: 20_000, retentionMs: hour },
  maxKeys: 200,
  maxBytes: 2_048,
  part: 'global',
  keyOf: (value) => `${value.service}/${value.provider}`,
  partOf: () => 'global',
  atOf: (value) => value.at,
})

/** One record a second whose path is measured: latency and completeness without users. */
export const platformCanary = channel({
  name: 'platform.canary',
  topic: 'platform.canary.event.updated',
  schema: z.object({ seq: count, sentAt: epochMs }),
  producer: 'canary-service',
  delivery: 'ordered',
  history: { kind: 'newest', count: 300 },
  ages: { refreshAfterMs: null, staleAfterMs: 10_000, retentionMs: hour },
  partitions: 1,
  maxKeys: 1,
  maxBytes: 256,
  part: 'canary',
  keyOf: () => 'canary',
  partOf: () => 'canary',
  atOf: (value) => value.sentAt,
  versionOf: (value) => value.seq,
})

/** How often a replica tells its stats, in milliseconds. They expire after three of these. */
export const statsPeriodMs = 2_000

/** What a BFF replica does; born on the replica, not on Kafka. */
export const platformStats = channel({
  name: 'platform.stats',
  topic: '',
  schema: z.object({
    replica: text(100),
    /** What its tail does. */
    tail: z.enum(['catching-up', 'live', 'dark']),
    draining: z.boolean(),
    sockets: count,
    rooms: count,
    recordsPerSecond: amount,
    deliveriesPerSecond: amount,
    at: epochMs,
  }),
  producer: 'replica',
  delivery: 'latest',
  ages: { refreshAfterMs: null, staleAfterMs: 3 * statsPeriodMs, retentionMs: 3 * statsPeriodMs },
  partitions: 1,
  maxKeys: 100,
  maxBytes: 1_024,
  part: 'global',
  keyOf: (value) => value.replica,
  partOf: () => 'global',
  atOf: (value) => value.at,
})
