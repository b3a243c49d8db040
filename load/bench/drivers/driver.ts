import type { Children } from '@flux/scripts/servers'
import type { Protocol } from '../wire/protocol.ts'

/** Where a server runs and what it reads. */
export interface Place {
  readonly children: Children
  readonly brokers: string
  readonly valkeyUrl: string
  /** The records to deliver, keyed, on a topic of this run alone. */
  readonly topic: string
  readonly delivery: 'ordered' | 'latest'
  /** `one` room for all clients and keys, or a room per key with the client of the same number. */
  readonly rooms: 'one' | 'per-key'
  /** Folder that a CPU profile is written to when the server stops. */
  readonly profileTo: string | undefined
}

/** A server that is ready for clients. */
export interface Running {
  readonly pid: number
  readonly host: string
  readonly port: number
  /** Answered by the event loop that also delivers, where there is one: its delay is seen here. */
  readonly probeUrl: string
  /** Prometheus metrics, where it has any. */
  readonly metricsUrl?: string
  readonly protocol: Protocol
  /** Ends it; politely when a profile is wanted. */
  stop(): Promise<void>
}

/**
 * A server to be measured: Kafka records in, WebSocket messages out. To put another one beside Flux, write one of these
 * and add it to `drivers`.
 */
export interface Driver {
  readonly name: string
  /** What it is, one line for the report. */
  readonly about: string
  /** Headers that its records need beside those of every record. */
  readonly headers?: Readonly<Record<string, string>>
  /** Why it cannot run on this machine, or `undefined`. */
  missing(): string | undefined
  start(place: Place): Promise<Running>
}
