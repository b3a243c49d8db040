import { sessionTimeoutMs } from '../group/timing.ts'

/**
 * Every retry setting that kafkajs has, said explicitly: its defaults change with NODE_ENV, and these recover fastest
 * from a broker that was killed and came back.
 */
export const clientSettings = {
  connectionTimeout: 1000,
  requestTimeout: 10_000,
  retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 },
} as const

/** Settings of every consumer. `metadataMaxAge` decides how soon new partitions are noticed. */
export const consumerSettings = {
  sessionTimeout: sessionTimeoutMs,
  heartbeatInterval: 1000,
  rebalanceTimeout: 10_000,
  metadataMaxAge: 5000,
  allowAutoTopicCreation: false,
} as const

/** A crash is ours to handle (`keepConsuming`), so that there is one way back instead of two. */
export const consumerRetry = {
  initialRetryTime: 100,
  maxRetryTime: 1000,
  retries: 5,
  restartOnFailure: () => Promise.resolve(false),
} as const

/** Settings of the producer: it loses acknowledged records when kafkajs's idempotence is on. */
export const producerSettings = {
  idempotent: false,
  maxInFlightRequests: 1,
  allowAutoTopicCreation: false,
  metadataMaxAge: 5000,
  retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 3 },
} as const
