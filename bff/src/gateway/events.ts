import { clientEvent, outcomes } from '@flux/contracts'
import type { Log, Metrics } from '@flux/runtime'

/** Why a connection was refused before it began. */
const refusals = ['origin', 'draining', 'address_full', 'full', 'token'] as const

/** Why a connection was refused before it began. */
export type ConnectionRefusal = (typeof refusals)[number]

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
  answered(event: string, code: string): void
  /** A handler broke: a bug of ours, told once per event. */
  broke(event: string, error: unknown): void
  /** Closed because it kept going over its limit. */
  evicted(): void
  hydrated(outcome: string): void
  hydrateBytes(bytes: number): void
  draining(sockets: number, windowMs: number): void
}

/** Registers the metrics of the gateway; `sockets` tells how many are connected. */
export const createGatewayEvents = (
  log: Log,
  metrics: Metrics,
  sockets: () => number,
): GatewayEvents => {
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
    answered: (event, code) => messages.inc({ event, code }),
    broke: (event, err) => log.error({ err, event }, 'a message handler broke'),
    evicted: () => evicted.inc(),
    hydrated: (outcome) => hydrates.inc({ outcome }),
    hydrateBytes: (bytes) => hydrateBytes.inc(bytes),
    draining: (count, windowMs) => log.info({ sockets: count, windowMs }, 'draining'),
  }
}
