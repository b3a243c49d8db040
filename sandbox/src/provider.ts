import type { Clock, Log } from '@flux/runtime'
import type { FastifyInstance } from 'fastify'
import type { Faults } from './control/faults.ts'
import type { Market } from './market/market.ts'
import type { Sockets } from './sockets.ts'
import type { Stats } from './stats.ts'

/** What a provider is made with. */
export interface ProviderDeps {
  readonly market: Market
  readonly faults: Faults
  readonly sockets: Sockets
  readonly stats: Stats
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the sandbox closes. */
  readonly signal: AbortSignal
  /** Adds routes of the provider's own to the control API, below `/control/NAME`. */
  control(name: string, serve: (app: FastifyInstance) => void): void
}

/** One provider that the sandbox stands in for. A new one is a folder and a line in `providers.ts`. */
export interface Provider {
  readonly name: string
  /** Path under which everything of it lives, REST and WebSocket. */
  readonly prefix: string
  /** The body that the provider sends with an error status. */
  errorBody(status: number): unknown
  /** Has its stream a product (a symbol) of this id? Without it, those of the exchange are meant. */
  hasProduct?(id: string): boolean
  /** Adds its routes to `app`, whose paths are below the prefix, and its sockets to `deps.sockets`. */
  register(app: FastifyInstance, deps: ProviderDeps): void
}
