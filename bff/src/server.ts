import { protocolLimits } from '@flux/contracts'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import type { FastifyInstance } from 'fastify'
import { Server } from 'socket.io'
import { createHttp } from './api/http.ts'
import { servePlaces } from './api/places.ts'
import { checkInternals } from './fanout/probe.ts'
import { parseNetworks } from './gateway/address.ts'
import { type Admission, createAdmission } from './gateway/connect.ts'
import { createDrain, type Drain } from './gateway/drain.ts'
import { createGatewayEvents, type GatewayEvents } from './gateway/events.ts'
import { paceUpgrades } from './gateway/pace.ts'
import type { BffOptions } from './options.ts'
import type { Feed } from './state/feed.ts'

/** HTTP and sockets of a replica, not yet listening. */
export interface PublicServer {
  readonly http: FastifyInstance
  readonly io: Server
  readonly events: GatewayEvents
  readonly admission: Admission
  readonly drain: Drain
  /** True when a tick may be one packet per socket. */
  readonly isPacked: boolean
  connections(): number
}

const socketOptions = {
  transports: ['websocket'],
  pingInterval: 5_000,
  pingTimeout: 5_000,
  connectTimeout: 10_000,
  maxHttpBufferSize: protocolLimits.messageBytes,
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
} satisfies ConstructorParameters<typeof Server>[1]

const noAddressLimit =
  'MAX_CONNECTIONS_PER_ADDRESS is 0: one address may take all connections; set it, and TRUSTED_PROXIES to the networks of the proxies before this server'

/** Makes the public server; the sharded adapter joins its rooms with those of all replicas. */
export const createPublicServer = (options: BffOptions, feed: Feed): PublicServer => {
  const { config, valkey, clock, random, log, metrics } = options
  const http = createHttp(feed, { clock, log, metrics })
  servePlaces(http, options.places)
  const io = new Server(http.server, {
    ...socketOptions,
    ...(valkey && { adapter: createShardedAdapter(valkey.pub, valkey.sub) }),
    allowRequest: (request, decide) => {
      const refused = admission.check(request)
      if (refused) events.refused(refused)
      decide(refused, refused === undefined)
    },
  })
  const missing = checkInternals(io)
  const isPacked = missing.length === 0
  if (!isPacked)
    log.warn({ missing }, 'Socket.IO is not as expected: events are emitted one by one')
  if (config.maxPerAddress === Number.POSITIVE_INFINITY) log.warn(noAddressLimit)
  paceUpgrades(http.server, clock)
  const connections = () => io.engine.clientsCount
  const events = createGatewayEvents(log, metrics, connections)
  const drain = createDrain({ io, clock, random, events })
  metrics.gauge({
    name: 'flux_draining',
    help: 'Always 1 while this replica sends its clients away, else 0.',
    collect: (gauge) => gauge.set(drain.isDraining() ? 1 : 0),
  })
  const admission = createAdmission({
    ...config,
    trustedProxies: parseNetworks(config.trustedProxies),
    events,
    isDraining: drain.isDraining,
    connections,
  })
  return { http, io, events, admission, drain, isPacked, connections }
}
