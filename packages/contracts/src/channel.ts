import type * as z from 'zod/mini'
import { type RoomPart, type RoomPattern, roomName } from './room.ts'

/** `latest`: the newest value of every key. `ordered`: every record, once in effect, in order per key. */
export type Delivery = 'latest' | 'ordered'

/** What is kept beside the newest value of each key. */
export type History =
  | { readonly kind: 'none' }
  /** The last number of `column` in every `everyMs` of the fact's time, for `spanMs`. */
  | {
      readonly kind: 'sampled'
      readonly everyMs: number
      readonly spanMs: number
      readonly column: string
    }
  /** The newest `count` records (`ordered`) or keys (`latest`) of a group. */
  | { readonly kind: 'newest'; readonly count: number }

/** The producer of a channel that every domain service appends to. */
export const everyService = 'every-service'

/** Who appends to a channel's topic; a channel with `replica` is born on a BFF replica and not on Kafka. */
export type Producer = `${string}-service` | 'replica'

/** Age limits in milliseconds of the fact's time (`retentionMs`: of the append time). */
export interface Ages {
  /** An occupied room asks for a new value after this; `null`: it comes by itself. */
  readonly refreshAfterMs: number | null
  /** A value older than this is shown as stale. */
  readonly staleAfterMs: number
  /** A key whose newest record is older than this is forgotten by everyone. */
  readonly retentionMs: number
}

/** When no newer value is due, however old the last one is: an exchange out of session. */
export interface Rests {
  /** The channel of the same room whose values tell. */
  readonly channel: string
  /** True when this value of it says that nothing is due; `now` in epoch milliseconds. */
  during(value: unknown, now: number): boolean
}

interface ChannelOptions<Name extends string, Value> {
  readonly name: Name
  /** The Kafka topic: `{domain}.{what}.event.{updated|created}`. */
  readonly topic: string
  readonly schema: z.ZodMiniType<Value>
  readonly schemaVersion?: number
  readonly producer: Producer
  readonly delivery: Delivery
  readonly history?: History
  readonly ages: Ages
  readonly rests?: Rests
  readonly partitions?: number
  readonly maxKeys: number
  readonly maxBytes: number
  /** The kind of room; its name is made from a key by `partOf`. */
  readonly part: RoomPart
  keyOf(value: Value): string
  partOf(key: string): string
  groupOf?(key: string): string
  atOf(value: Value): number
  versionOf?(value: Value): number
}

/** One named kind of fact that flows one way. Everything about it is read from here. */
export interface Channel<Name extends string = string, Value = unknown> {
  readonly name: Name
  readonly domain: string
  readonly topic: string
  readonly schema: z.ZodMiniType<Value>
  /** Value of header `flux-schema`: `crypto.ticker@1`. */
  readonly schemaId: string
  readonly producer: Producer
  readonly delivery: Delivery
  readonly history: History
  readonly ages: Ages
  /** `undefined`: values are due at any time. */
  readonly rests: Rests | undefined
  readonly partitions: number
  /** Most keys that a replica keeps; the oldest by append time go first. */
  readonly maxKeys: number
  /** Largest encoded value in bytes. */
  readonly maxBytes: number
  readonly roomPattern: RoomPattern
  /** False for what is born on a replica. */
  readonly onKafka: boolean
  keyOf(value: Value): string
  /** The room of a key: tombstones have a key and no value. */
  roomOf(key: string): string
  /** Keys of one group share a history of kind `newest`; a key's own by default. */
  groupOf(key: string): string
  /** Time of the fact in epoch milliseconds. */
  atOf(value: Value): number
  /** Grows per key with every newer fact; the fact's time by default. */
  versionOf(value: Value): number
}

/** The value type of a channel. */
export type ValueOf<C> = C extends Channel<string, infer V> ? V : never

/** Declares a channel; what can be derived is derived. */
export const channel = <const Name extends string, Value>(
  options: ChannelOptions<Name, Value>,
): Channel<Name, Value> => {
  const domain = options.name.split('.')[0] ?? options.name
  return {
    name: options.name,
    domain,
    topic: options.topic,
    schema: options.schema,
    schemaId: `${options.name}@${options.schemaVersion ?? 1}`,
    producer: options.producer,
    delivery: options.delivery,
    history: options.history ?? { kind: 'none' },
    ages: options.ages,
    rests: options.rests,
    partitions: options.partitions ?? 3,
    maxKeys: options.maxKeys,
    maxBytes: options.maxBytes,
    roomPattern: { domain, part: options.part },
    onKafka: options.producer !== 'replica',
    keyOf: (value) => options.keyOf(value),
    roomOf: (key) => roomName(domain, options.partOf(key)),
    groupOf: (key) => options.groupOf?.(key) ?? key,
    atOf: (value) => options.atOf(value),
    versionOf: (value) => options.versionOf?.(value) ?? options.atOf(value),
  }
}
