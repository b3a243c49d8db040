import type { Bus, Clock, ConfigOf, Log, Metrics, ValkeyClients } from '@flux/runtime'
import type { settings } from './config.ts'

/** What a replica is made of. */
export interface BffOptions {
  readonly config: Omit<ConfigOf<typeof settings>, `kafka${string}` | 'valkeyUrl'>
  readonly replica: string
  readonly bus: Bus
  /** Connections of the Socket.IO adapter; without them the replica stands alone. */
  readonly valkey?: ValkeyClients
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly metrics: Metrics
  /** Aborted when the process begins to end. */
  readonly signal: AbortSignal
}
