import { type Clock, createLog, type Log, systemClock } from '@flux/runtime'
import { type FastifyInstance, fastify } from 'fastify'
import type { Coinbase } from './coinbase/provider.ts'
import { createReplay, type ReplaySink } from './coinbase/replay.ts'
import { type Control, createControl } from './control/control.ts'
import { createFaults } from './control/faults.ts'
import { type ProviderControls, registerControl } from './control/routes.ts'
import type { MarketMode } from './finnhub/calendar.ts'
import { installHttpFaults } from './http-faults.ts'
import { driveMarket } from './market/driver.ts'
import { createMarket, type Market } from './market/market.ts'
import type { ProviderDeps } from './provider.ts'
import { createProviders } from './providers.ts'
import { createSockets } from './sockets.ts'
import { createStats } from './stats.ts'

/** What a sandbox is started with. */
export interface SandboxOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number
  /** Address to listen on, default 127.0.0.1. */
  readonly host?: string
  /** Decides everything that is sent, default 1. */
  readonly seed?: number
  /** Matches per second over all products, default 20. */
  readonly rate?: number
  /** The market's time at the start in epoch milliseconds, default the clock's. */
  readonly startAt?: number
  /** Time passes only by `control.step`, default false. */
  readonly manual?: boolean
  /** What the US stock market does: `real` goes by New York's hours, default `open`. */
  readonly stockMarket?: MarketMode
  /** A recording that is replayed from the start on. */
  readonly replayFile?: string
  readonly clock?: Clock
  readonly log?: Log
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`; the Coinbase stream is at `ws://127.0.0.1:PORT/coinbase/ws`. */
  readonly url: string
  readonly port: number
  readonly market: Market
  /** What the control API does, without HTTP. */
  readonly control: Control
  /** Ends every connection and frees the port. */
  close(): Promise<void>
}

const listeningPort = (address: string | { port: number } | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0

/** The market by the clock, which stands while a recording is replayed. */
const createPace = (
  market: Market,
  options: { clock: Clock; manual: boolean; startAt: number | undefined },
) => {
  const { clock, manual, startAt } = options
  // Without a start of its own the market lives now: the time that making its history took is made up for.
  const offsetMs = startAt === undefined ? 0 : market.time() / 1000 - clock.now()
  const run = () => (manual ? () => {} : driveMarket(market, { clock, offsetMs }))
  let stop = run()
  return {
    pause: () => stop(),
    resume: () => {
      stop()
      stop = run()
    },
  }
}

/** The HTTP server with every provider under its prefix, faults included. */
const buildApp = async (
  deps: Omit<ProviderDeps, 'sockets' | 'control'>,
  stockMarket: MarketMode,
) => {
  const app = fastify({ logger: false, forceCloseConnections: true })
  const sockets = createSockets(app.server, deps)
  const providers = createProviders({ stockMarket })
  const controls = new Map<string, (app: FastifyInstance) => void>()
  const control: ProviderDeps['control'] = (name, serve) => void controls.set(name, serve)
  app.addHook('onResponse', async (request, reply) =>
    deps.stats.request(`${request.method} ${request.routeOptions.url ?? '*'}`, reply.statusCode),
  )
  for (const provider of providers.all) {
    const serve = async (scope: FastifyInstance) => {
      installHttpFaults(scope, { ...deps, provider })
      scope.setNotFoundHandler((_request, reply) => reply.code(404).send(provider.errorBody(404)))
      provider.register(scope, { ...deps, sockets, control })
    }
    await app.register(serve, { prefix: provider.prefix })
  }
  const served: ProviderControls = controls
  return { app, sockets, controls: served, ...providers }
}

/** Replayed frames take the stream over from the market. */
const createSink = (coinbase: Coinbase, pace: ReturnType<typeof createPace>): ReplaySink => ({
  begin: () => {
    pace.pause()
    coinbase.feed().beginReplay()
  },
  frame: (frame) => coinbase.feed().replay(frame),
  end: () => {
    coinbase.feed().endReplay()
    pace.resume()
  },
})

/** Starts the providers' stand-in on one port; rejects when the port is in use or the replay file cannot be read. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { port = 0, host = '127.0.0.1', seed = 1, rate = 20, manual = false } = options
  const clock = options.clock ?? systemClock
  const log = options.log ?? createLog({ name: 'sandbox', level: 'silent' })
  const closing = new AbortController()
  const market = createMarket({ seed, rate, startAt: options.startAt ?? clock.now() })
  const shared = { market, clock, log, faults: createFaults(clock), stats: createStats() }

  const { app, sockets, controls, coinbase, all } = await buildApp(
    { ...shared, signal: closing.signal },
    options.stockMarket ?? 'open',
  )
  const pace = createPace(market, { clock, manual, startAt: options.startAt })
  const sink = createSink(coinbase, pace)
  const replay = createReplay({ clock, log, sink })
  const control = createControl({ ...shared, sockets, coinbase, replay, manual, providers: all })
  await app.register(async (scope) => registerControl(scope, control, controls), {
    prefix: '/control',
  })

  const close = async () => {
    closing.abort(new Error('the sandbox closes'))
    await replay.stop()
    pace.pause()
    sockets.close()
    await app.close()
  }
  try {
    if (options.replayFile !== undefined) await control.startReplay({ file: options.replayFile })
    await app.listen({ port, host })
  } catch (error) {
    await close()
    throw error
  }
  const bound = listeningPort(app.server.address())
  return { url: `http://127.0.0.1:${bound}`, port: bound, market, control, close }
}
