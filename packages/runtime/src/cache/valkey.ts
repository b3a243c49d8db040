import type { Redis } from 'ioredis'
import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Cache } from './port.ts'
import { takeScript } from './take-script.ts'
import { createValkeyClient, type ValkeySecurity } from './valkey-client.ts'

/** Every operation and what can come of it beside `error`. */
const outcomes = {
  get: ['hit', 'miss'],
  get_many: ['hit', 'miss'],
  set: ['ok'],
  claim: ['won', 'lost'],
  delete: ['hit', 'miss'],
  take: ['granted', 'short'],
} as const

type Operation = keyof typeof outcomes

type Attempt = <T, F>(
  operation: Operation,
  call: { run(): Promise<T>; outcome(result: T): string; otherwise: F },
) => Promise<T | F>

const operations: readonly Operation[] = ['get', 'get_many', 'set', 'claim', 'delete', 'take']

const createMeters = (metrics: Metrics) => ({
  requests: metrics.counter({
    name: 'flux_cache_requests_total',
    help: 'Calls to the shared cache by what came of them.',
    labels: ['operation', 'outcome'],
    series: operations.flatMap((operation) =>
      [...outcomes[operation], 'error'].map((outcome) => ({ operation, outcome })),
    ),
  }),
  errors: metrics.counter({
    name: 'flux_cache_errors_total',
    help: 'Calls to the shared cache that failed or were not answered in time; each counts as a miss.',
    labels: ['operation'],
    series: operations.map((operation) => ({ operation })),
  }),
})

const hit = (found: boolean) => (found ? 'hit' : 'miss')

const createReads = (client: Redis, attempt: Attempt): Pick<Cache, 'get' | 'getMany'> => ({
  get: (key) =>
    attempt('get', {
      run: async () => (await client.get(key)) ?? undefined,
      outcome: (value) => hit(value !== undefined),
      otherwise: undefined,
    }),
  getMany: async (keys) => {
    if (keys.length === 0) return []
    return attempt('get_many', {
      run: async () => (await client.mget(...keys)).map((value) => value ?? undefined),
      outcome: (values) => hit(values.every((value) => value !== undefined)),
      otherwise: keys.map(() => undefined),
    })
  },
})

/** The server takes whole milliseconds from 1 on. */
const wholeMs = (ms: number) => Math.max(1, Math.ceil(ms))

const createWrites = (
  client: Redis,
  attempt: Attempt,
): Pick<Cache, 'set' | 'claim' | 'delete' | 'take'> => ({
  set: (key, value, ttlMs) =>
    attempt('set', {
      run: async () => (await client.set(key, value, 'PX', wholeMs(ttlMs))) === 'OK',
      outcome: () => 'ok',
      otherwise: false,
    }),
  claim: (key, value, ttlMs) =>
    attempt('claim', {
      run: async () => {
        const reply = await client.set(key, value, 'PX', wholeMs(ttlMs), 'NX')
        return reply === 'OK' ? 'won' : 'lost'
      },
      outcome: (result) => result,
      otherwise: 'unknown',
    }),
  delete: (key) =>
    attempt('delete', {
      run: async () => (await client.del(key)) > 0,
      outcome: hit,
      otherwise: false,
    }),
  take: (key, { want, limit, windowMs }) =>
    attempt('take', {
      run: async () =>
        Number(await client.eval(takeScript, 1, key, want, limit, wholeMs(windowMs))),
      outcome: (granted) => (granted >= want ? 'granted' : 'short'),
      otherwise: undefined,
    }),
})

/** What the Valkey cache is made with. */
export interface ValkeyOptions {
  /** `redis://` or `rediss://`, may hold the password. */
  readonly url: string
  readonly security?: ValkeySecurity
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
}

/**
 * The cache on a Valkey (or Redis 7) server, server or no server at the start. Every call is answered within 500 ms;
 * one that fails is a miss and counts in `flux_cache_errors_total`.
 */
export const connectValkey = (options: ValkeyOptions): { cache: Cache } => {
  const { metrics, ...connection } = options
  const meters = createMeters(metrics)
  const { client, outage, close } = createValkeyClient({
    ...connection,
    kind: 'call',
    what: 'valkey (cache)',
  })
  // A call that comes before the connection is up says nothing about the server: the connection's own events do.
  const connecting = () => client.status === 'connecting' || client.status === 'connect'
  const attempt: Attempt = async (operation, call) => {
    try {
      const result = await call.run()
      outage.answered()
      meters.requests.inc({ operation, outcome: call.outcome(result) })
      return result
    } catch (error) {
      if (!connecting()) outage.failed(error)
      meters.requests.inc({ operation, outcome: 'error' })
      meters.errors.inc({ operation })
      return call.otherwise
    }
  }
  const cache: Cache = {
    ...createReads(client, attempt),
    ...createWrites(client, attempt),
    healthy: outage.healthy,
    close: async () => close(),
  }
  return { cache }
}
