import type { CheckResult } from '@flux/runtime'
import type { Server } from 'socket.io'
import { listen } from './api/http.ts'
import { watchDark } from './cluster/dark.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { openDemand } from './demand/open.ts'
import { acceptConnections } from './gateway/connect.ts'
import type { Drain } from './gateway/drain.ts'
import { handleSocket } from './gateway/handle.ts'
import { serveHistory } from './gateway/history.ts'
import { createHydrateGate } from './gateway/hydrate-gate.ts'
import { createMembership } from './gateway/membership.ts'
import { createRum } from './gateway/rum.ts'
import { serveSubscribe } from './gateway/subscribe.ts'
import { createTokens } from './gateway/token.ts'
import type { OperatorRoutes } from './operator/operator.ts'
import type { BffOptions } from './options.ts'
import { createPublicServer, type PublicServer } from './server.ts'
import { createStateEvents } from './state/events.ts'
import { createFeed, type Feed } from './state/feed.ts'
import { openSnapshots } from './state/snapshot-open.ts'
import { openUsers } from './user/open.ts'

/** A running replica. */
export interface Bff {
  /** The public port. */
  readonly port: number
  readonly io: Server
  /** What operators may do over the internal port: POST. */
  readonly operator: OperatorRoutes
  /** For `/readyz`: it needs the log or snapshots once; losing Kafka later does not unset it, nor does Valkey. */
  ready(): CheckResult
  /** Sends the clients away, paced, while delivery goes on. */
  drain(): Promise<void>
  /** Closes what is left: sockets, HTTP, tail. */
  close(): Promise<void>
}

const openGateway = (options: BffOptions, server: PublicServer, feed: Feed, delivery: Delivery) => {
  const { config, clock, metrics } = options
  const { io, events, admission } = server
  const gate = createHydrateGate(config.hydrateBytes)
  metrics.gauge({
    name: 'flux_hydrate_waiting',
    help: 'Subscriptions that wait in line for what their new rooms hold.',
    collect: (gauge) => gauge.set(gate.waiting()),
  })
  const serveRum = createRum(metrics, delivery.traces)
  const rate = { burst: config.eventBurst, perSecond: config.eventsPerSecond }
  const { coldPerMinute } = config
  const { hydrateOf, fanout } = delivery
  const { flushing, setRate } = fanout
  const demand = openDemand(options, io, feed)
  const { users, operator } = openUsers(options, io, feed)
  const stopNow = acceptConnections({
    io,
    tokens: createTokens(config.sessionKeys),
    admission,
    clock,
    events,
    replica: options.replica,
    epoch: feed.epoch,
    serve: (socket, { userId }, address) => {
      demand.introduce(socket, { userId, address })
      const handlers = handleSocket(socket, { clock, events, rate })
      const membership = createMembership(socket, {
        ...{ clock, events, gate, coldPerMinute, hydrateOf, flushing },
      })
      serveSubscribe(socket, handlers, { feed, clock, membership, events, setRate })
      users.serve({ socket, userId, handlers, membership })
      serveHistory(handlers, feed)
      serveRum(handlers)
    },
  })
  const stop = () => {
    stopNow()
    demand.stop()
  }
  return { stop, operator }
}

const readiness = (feed: Feed, drain: Drain, isAway: () => boolean): CheckResult => {
  if (!feed.caughtUp() && !feed.isRestored())
    return { state: 'not_ready', why: 'the tail has not caught up yet' }
  if (isAway()) return { state: 'not_ready', why: 'Kafka is away for this replica alone' }
  if (drain.isDraining()) return { state: 'not_ready', why: 'its clients are being sent away' }
  if (!feed.caughtUp()) {
    const isBack = feed.tail() === 'catching-up' && feed.total() > 0
    return { state: 'degraded', why: `snapshots, ${isBack ? 'catching up' : 'Kafka is away'}` }
  }
  return feed.tail() === 'live'
    ? { state: 'ready' }
    : { state: 'degraded', why: `the tail is ${feed.tail()}` }
}

/** Opens a replica: tail, sockets, HTTP. Throws `ConfigError` when the port is taken. */
export const startBff = async (options: BffOptions): Promise<Bff> => {
  const { config, bus, clock, log, metrics, signal } = options
  const { drainMs } = config
  const feed = createFeed({ bus, clock, events: createStateEvents(log, metrics) })
  const server = createPublicServer(options, feed)
  const delivery = createDelivery(options, server, feed)
  const { http, io, drain } = server
  const { fanout, stats, stopPresence } = delivery
  const onError = (err: unknown) => log.error({ err }, 'leaving failed')
  const dark = watchDark({ clock, feed, stats, drain, drainMs, signal, onError })
  const gateway = openGateway(options, server, feed, delivery)
  feed.start(fanout)
  const stopSnapshots = openSnapshots(options, feed)
  const port = await listen(http, config.port)
  log.info({ port }, 'listening')
  return {
    port,
    io,
    operator: gateway.operator,
    ready: () => readiness(feed, drain, dark.isAway),
    drain: () => drain.begin(drainMs),
    close: async () => {
      const parts = [gateway.stop, stopSnapshots, stopPresence, stats.stop, dark.stop, fanout.close]
      for (const stop of parts) stop()
      await io.close()
      await http.close()
      await feed.close()
    },
  }
}
