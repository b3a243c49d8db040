import type { CheckResult } from '@flux/runtime'
import type { Server } from 'socket.io'
import { listen } from './api/http.ts'
import { watchDark } from './cluster/dark.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { acceptConnections } from './gateway/connect.ts'
import type { Drain } from './gateway/drain.ts'
import { handleSocket } from './gateway/handle.ts'
import { serveHistory } from './gateway/history.ts'
import { createHydrateGate } from './gateway/hydrate-gate.ts'
import { createRum } from './gateway/rum.ts'
import { serveSubscribe } from './gateway/subscribe.ts'
import { createTokens } from './gateway/token.ts'
import type { BffOptions } from './options.ts'
import { createPublicServer, type PublicServer } from './server.ts'
import { createStateEvents } from './state/events.ts'
import { createFeed, type Feed } from './state/feed.ts'

/** A running replica. */
export interface Bff {
  /** The public port. */
  readonly port: number
  readonly io: Server
  /** For `/readyz`: it does not depend on Valkey, and losing Kafka later does not unset it. */
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
  const serveRum = createRum(metrics)
  const rate = { burst: config.eventBurst, perSecond: config.eventsPerSecond }
  const { coldPerMinute } = config
  const { hydrateOf, fanout } = delivery
  const { flushing } = fanout
  return acceptConnections({
    io,
    tokens: createTokens(config.sessionKeys),
    admission,
    clock,
    events,
    replica: options.replica,
    epoch: feed.epoch,
    serve: (socket) => {
      const handlers = handleSocket(socket, { clock, events, rate })
      serveSubscribe(socket, handlers, {
        ...{ feed, clock, events, gate, coldPerMinute, hydrateOf, flushing },
      })
      serveHistory(handlers, feed)
      serveRum(handlers)
    },
  })
}

const readiness = (feed: Feed, drain: Drain, isAway: () => boolean): CheckResult => {
  if (!feed.caughtUp()) return { state: 'not_ready', why: 'the tail has not caught up yet' }
  if (isAway()) return { state: 'not_ready', why: 'Kafka is away for this replica alone' }
  if (drain.isDraining()) return { state: 'not_ready', why: 'its clients are being sent away' }
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
  const { fanout, stats } = delivery
  const onError = (err: unknown) => log.error({ err }, 'leaving failed')
  const dark = watchDark({ clock, feed, stats, drain, drainMs, signal, onError })
  const stopNow = openGateway(options, server, feed, delivery)
  feed.start(fanout)
  const port = await listen(http, config.port)
  log.info({ port }, 'listening')
  return {
    port,
    io,
    ready: () => readiness(feed, drain, dark.isAway),
    drain: () => drain.begin(drainMs),
    close: async () => {
      for (const stop of [stopNow, stats.stop, dark.stop, fanout.close]) stop()
      await io.close()
      await http.close()
      await feed.close()
    },
  }
}
