/** A record on its way to the bus. */
export interface OutRecord {
  readonly key: string
  /** JSON text; `null` is a tombstone: the key is removed. */
  readonly value: string | null
  readonly headers: Readonly<Record<string, string>>
}

/** A record as it came from the bus. */
export interface InRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Append time at the broker, epoch milliseconds. */
  readonly timestamp: number
  readonly key: string
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

/** Records of one partition in ascending offset. */
export interface Batch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly InRecord[]
}

/** First offset still held, and the offset that the next record will get. */
export interface Ends {
  readonly low: number
  readonly high: number
}

/** Offsets of a topic, indexed by partition. */
export type TopicEnds = readonly Ends[]

/** What a topic is made of; `config` holds the broker's own names. */
export interface TopicSpec {
  readonly topic: string
  readonly partitions: number
  readonly config: Readonly<Record<string, string>>
}

/** What a handler gets beside its record. */
export interface HandlerContext {
  /** Aborted when the consumer closes or loses the partition. */
  readonly signal: AbortSignal
  /** Keeps the membership alive during long work. */
  heartbeat(): Promise<void>
}

/** The one signature of everything that takes records. Resolving commits the record. */
export type Handler = (record: InRecord, context: HandlerContext) => Promise<void>

/** Wraps a handler: the onion's layer. */
export type Middleware = (next: Handler) => Handler

/** Leadership as seen by the work that depends on it. */
export interface Leadership {
  /** True while this member owns the leading partition and its last heartbeat is fresh. */
  held(): boolean
  /** Throws `not_leader` (FluxError, not retryable) when `held()` is false: the fence in front of every publish. */
  assert(): void
}

/** A group member's options. */
export interface GroupOptions {
  /** Consumer group; members of one group share the partitions. */
  readonly group: string
  readonly topics: readonly string[]
  readonly handler: Handler
  /** Partition 0 of this topic (one of `topics`) makes its owner the leader. */
  readonly leadTopic?: string
  /**
   * Work of the leader: started when leadership is won, `signal` aborted when it is lost or the member closes.
   * A rebalance that leaves the leading partition here does not interrupt it.
   */
  readonly onLead?: (leadership: Leadership, signal: AbortSignal) => Promise<void>
}

/** A member of a consumer group. */
export interface Member {
  readonly leadership: Leadership
  /** True once the group has been joined and no later failure is pending. */
  healthy(): boolean
  /** Stops the work, commits what is done, leaves the group. */
  close(): Promise<void>
}

/** Where a tail starts reading a topic: its beginning, or the first record appended at most `backMs` ago. */
export type TailStart =
  | { readonly from: 'beginning' }
  | { readonly from: 'time'; readonly backMs: number }

/** Why a tail has thrown away what it knew of a topic. */
export type ResetReason = 'epoch_changed' | 'log_shorter'

/** A tail's options. All callbacks are synchronous and are called in order. */
export interface TailOptions {
  readonly topics: ReadonlyMap<string, TailStart>
  /** Records that were not delivered before, in ascending offset per partition; never before `onEpoch`. */
  onBatch(batch: Batch): void
  /** A position moved over a hole at the log's start (retention, out of range): nothing below `low` will come. */
  onFloor(topic: string, partition: number, low: number): void
  /** The identity of the log: once before the first batch, again (after `onReset` of every topic) when it changes. */
  onEpoch(epoch: string): void
  /** Everything delivered from these topics before is void; they are read again from the beginning. */
  onReset(topics: readonly string[], reason: ResetReason): void
  /** `catching-up`: what comes is old. `live`: every partition has reached the end seen at the last (re)start. */
  onState(state: TailState): void
}

/** `catching-up` until every partition reached the end seen at the (re)start; `dark` after 3 s without a successful fetch. */
export type TailState = 'catching-up' | 'live' | 'dark'

/** Reads all partitions of its topics alone, commits nothing, survives the loss of the broker and of its data. */
export interface Tail {
  state(): TailState
  /** Milliseconds on the monotonic clock when a fetch last succeeded; `undefined` before the first. */
  lastFetchAt(): number | undefined
  /** Next offset wanted, per partition. */
  positions(topic: string): readonly number[]
  /**
   * The ends as the broker last reported them (asked at most once a second), `undefined` while it is away.
   */
  ends(topic: string): Promise<TopicEnds | undefined>
  close(): Promise<void>
}

/** The port to the event log. Two adapters pass one conformance suite: Kafka and memory. */
export interface Bus {
  /**
   * Appends records; resolves when all in-sync replicas hold them.
   * Throws `bus_unavailable` (FluxError, retryable): the records may or may not have been appended.
   */
  send(topic: string, records: readonly OutRecord[], signal?: AbortSignal): Promise<void>
  /** Joins a consumer group. Resolves once joining has begun; `healthy()` tells when it is done. */
  join(options: GroupOptions): Promise<Member>
  /** Starts a tail at once, broker or no broker. */
  tail(options: TailOptions): Tail
  /** All records of a topic up to the end seen at the call, partition by partition. */
  read(topic: string, signal?: AbortSignal): Promise<readonly InRecord[]>
  /** Low and high offsets per partition, asked now. Throws `bus_unavailable` or `topic_missing`. */
  ends(topic: string): Promise<TopicEnds>
  /** Creates the topics that are missing; leaves those that exist as they are. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>
  /** Closes what is still open. */
  close(): Promise<void>
}
