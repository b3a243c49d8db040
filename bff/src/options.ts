import type { Places } from '@flux/places'
import type {
  Bus,
  Cache,
  Clock,
  ConfigOf,
  Log,
  Metrics,
  Tracing,
  ValkeyClients,
} from '@flux/runtime'
import type { settings } from './config.ts'

/** What a replica is made of. */
export interface BffOptions {
  readonly config: Omit<ConfigOf<typeof settings>, `kafka${string}` | `valkey${string}`>
  readonly replica: string
  readonly bus: Bus
  /** Connections of the Socket.IO adapter; without them the replica stands alone. */
  readonly valkey?: ValkeyClients
  /** Claims and snapshots shared with the other replicas; without it every replica decides alone. */
  readonly cache?: Cache
  /** The list of places that users may be at. */
  readonly places: Places
  readonly clock: Clock
  readonly random: () => number
  /** A new unique id. */
  readonly newId: () => string
  readonly log: Log
  readonly metrics: Metrics
  readonly tracing: Pick<Tracing, 'past'>
  /** Aborted when the process begins to end. */
  readonly signal: AbortSignal
}
