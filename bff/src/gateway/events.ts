import { clientEvent, outcomes } from '@flux/contracts'
import type { Log, Metrics } from '@flux/runtime'

/** Why a connection was refused before it began. */
const refusals = ['origin', 'draining', 'address_full', 'full', 'token', 'busy', 'timeout'] as const

/** Why a connection was refused before it began. */
export type ConnectionRefusal = (typeof refusals)[number]

/** Why a connection ended, in Socket.IO's own words. */
const endings = [
  'transport close',
  'transport error',
  'ping timeout',
  'server namespace disconnect',
  'client namespace disconnect',
  'server shutting down',
  'forced close',
  'forced server close',
  'parse error',
  'other',
] as const

const answers = [
  'ok',
  'bad_request',
  'forbidden',
  'unknown_place',
  'rate_limited',
  'busy',
  'unauthorized',
]

/** What clients do: one function, one metric, at most one line. */
export interface GatewayEvents {
  connected(): void
  disconnected(): void
  refused(why: ConnectionRefusal): void
  /** The session has been told, so many milliseconds after the connection. */
  welcomed(tookMs: number): void
  /** A client has gone; `reason` as Socket.IO says it. */
  left(reason: string): void
  answered(event: string, code: string): void
  /** A handler broke: a bug of ours, told once per event. */
  broke(event: string, error: unknown): void
  /** Closed because it kept going over its limit. */
  evicted(): void
  hydrated(outcome: string): void
  hydrateBytes(bytes: number): void
  /** A client that wanted rooms has been told what they hold. */
  subscribed(tookMs: number): void
  /** A client came back with a cursor: the age of the first record that it missed. */
  missedSince(ageMs: number): void
  draining(sockets: number, windowMs: number): void
}

const createTimes = (metrics: Metrics) => {
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  return {
    handshake: metrics.histogram({
      name: 'flux_handshake_seconds',
      help: 'Time from the connection until its session is told.',
      buckets: buckets.slice(1),
    }),
    hydrate: metrics.histogram({
      name: 'flux_hydrate_seconds',
      help: 'Time from a subscription until the last part of what its new rooms hold is written.',
      buckets,
    }),
    away: metrics.histogram({
      name: 'flux_cursor_age_seconds',
      help: 'How long clients that came back with a cursor had been away: the age of the first record they missed.',
      buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600],
    }),
  }
}

const createLeft = (metrics: Metrics) => {
  const left = metrics.counter({
    name: 'flux_disconnections_total',
    help: "Clients that have gone, by the reason in Socket.IO's own words.",
    labels: ['reason'],
    series: endings.map((reason) => ({ reason })),
  })
  return (said: string) => left.inc({ reason: endings.find((known) => known === said) ?? 'other' })
}

/** Registers the metrics of the gateway; `sockets` tells how many are connected. */
export const createGatewayEvents = (
  log: Log,
  metrics: Metrics,
  sockets: () => number,
): GatewayEvents => {
  const times = createTimes(metrics)
  metrics.gauge({
    name: 'flux_sockets',
    help: 'Connected clients.',
    collect: (gauge) => gauge.set(sockets()),
  })
  const connections = metrics.counter({
    name: 'flux_connections_total',
    help: 'Connections that began and ended.',
    labels: ['change'],
    series: [{ change: 'opened' }, { change: 'closed' }],
  })
  const refused = metrics.counter({
    name: 'flux_connections_refused_total',
    help: 'Handshakes that were refused.',
    labels: ['reason'],
    series: refusals.map((reason) => ({ reason })),
  })
  const names = [...Object.values(clientEvent), 'unknown']
  const messages = metrics.counter({
    name: 'flux_client_messages_total',
    help: 'Messages of clients by their answer.',
    labels: ['event', 'code'],
    series: names.flatMap((event) => answers.map((code) => ({ event, code }))),
  })
  const evicted = metrics.counter({
    name: 'flux_sockets_evicted_total',
    help: 'Connections closed because they kept going over their limit.',
  })
  const hydrates = metrics.counter({
    name: 'flux_hydrates_total',
    help: 'Rooms hydrated, by the outcome that the client was told.',
    labels: ['outcome'],
    series: outcomes.map((outcome) => ({ outcome })),
  })
  const hydrateBytes = metrics.counter({
    name: 'flux_hydrate_bytes_total',
    help: 'Bytes of hydrates written.',
  })
  return {
    connected: () => connections.inc({ change: 'opened' }),
    disconnected: () => connections.inc({ change: 'closed' }),
    refused: (reason) => refused.inc({ reason }),
    welcomed: (ms) => times.handshake.observe(ms / 1_000),
    left: createLeft(metrics),
    answered: (event, code) => messages.inc({ event, code }),
    broke: (event, err) => log.error({ err, event }, 'a message handler broke'),
    evicted: () => evicted.inc(),
    hydrated: (outcome) => hydrates.inc({ outcome }),
    hydrateBytes: (bytes) => hydrateBytes.inc(bytes),
    subscribed: (ms) => times.hydrate.observe(ms / 1_000),
    missedSince: (ms) => times.away.observe(Math.max(0, ms) / 1_000),
    draining: (count, windowMs) => log.info({ sockets: count, windowMs }, 'draining'),
  }
}
