import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { FluxError } from '../../errors.ts'
import type { TailOptions } from '../port.ts'
import type { Progress, Wanted } from '../tail/progress.ts'
import { type ClusterView, fetchFrom, offsetsOf } from './cluster.ts'
import { readEpoch } from './epoch.ts'
import { watchFetches } from './fetch-watch.ts'
import type { Session } from './keep-consuming.ts'
import { toRecord } from './records.ts'
import { consumerRetry, consumerSettings } from './settings.ts'
import { tailAssigner } from './tail-assigner.ts'
import type { TailLog } from './tail-log.ts'

/** What a session of a tail works with. */
export interface TailSessionOptions {
  readonly kafka: Kafka
  readonly group: string
  readonly tail: TailOptions
  readonly log: TailLog
  readonly progress: Progress
  /** Connections opened so far. */
  connections(): number
  /** After every look at the log, positions set. */
  onPrepared(): void
  /** After every answered fetch and every batch. */
  onProgress(fetched: boolean): void
}

/** One consumer of a tail. */
export interface TailSession {
  readonly consumer: Consumer
  /** The cluster, once a join is complete; `undefined` while the positions may be wrong. */
  cluster(): ClusterView | undefined
  /** Joins so far: what was asked before a join says nothing after it. */
  joins(): number
  seek(moved: readonly Wanted[]): void
  /** Moves over a hole at the end of a compacted partition, where no batch will ever come from. */
  probe(wanted: Wanted): Promise<void>
  eachBatch(payload: EachBatchPayload): Promise<void>
}

/** Only what has not been delivered, and a word about what is missing before it. */
const deliver = async (
  payload: EachBatchPayload,
  cluster: ClusterView,
  { tail, progress }: TailSessionOptions,
): Promise<void> => {
  const { topic, partition, messages } = payload.batch
  const next = progress.next(topic, partition)
  if (next === undefined) return
  const records = messages
    .filter(({ offset }) => Number(offset) >= next)
    .map((message) => toRecord(topic, partition, message))
  const first = records[0]
  if (first && first.offset > next) {
    // Compacted away, or deleted at the log's start: kafkajs goes to the start without a word.
    const low = (await offsetsOf(cluster, [topic], { fromBeginning: true })).get(topic)?.[partition]
    if (payload.isStale() || progress.next(topic, partition) !== next) return
    if (low !== undefined && low > next) tail.onFloor(topic, partition, Math.min(low, first.offset))
  }
  if (records.length > 0) tail.onBatch({ topic, partition, records })
  progress.place(topic, partition, Math.max(next, Number(payload.batch.lastOffset()) + 1))
  payload.resolveOffset(payload.batch.lastOffset())
}

const createConsumer = (
  { kafka, group }: TailSessionOptions,
  prepare: (cluster: ClusterView) => Promise<void>,
) =>
  kafka.consumer({
    ...consumerSettings,
    groupId: group,
    maxWaitTimeInMs: 500,
    retry: consumerRetry,
    partitionAssigners: [tailAssigner(prepare)],
  })

/** Makes the consumer of a session and everything that listens to it. */
export const createTailSession = (options: TailSessionOptions, session: Session): TailSession => {
  const { log, progress } = options
  let cluster: ClusterView | undefined
  let ready = false
  let joins = 0
  let verified = -1

  const prepare = async (found: ClusterView) => {
    ready = false
    cluster = found
    verified = options.connections()
    try {
      await log.prepare(found)
    } catch (error) {
      // kafkajs might go on with what it had assigned before.
      session.end(error)
      throw error
    }
    if (session.live()) options.onPrepared()
  }
  const consumer = createConsumer(options, prepare)
  const seek = (moved: readonly Wanted[]) => {
    for (const { topic, partition, next } of moved) {
      consumer.seek({ topic, partition, offset: String(next) })
    }
  }
  consumer.on(consumer.events.GROUP_JOIN, () => {
    if (!session.live()) return
    seek(progress.all())
    joins += 1
    ready = true
  })
  watchFetches(consumer, () => {
    if (session.live() && ready) options.onProgress(true)
  })

  /** A connection opened since the last look may lead to another log; kafkajs reconnects without a join. */
  const verify = async (known: ClusterView): Promise<boolean> => {
    const count = options.connections()
    if (count === verified) return true
    if ((await readEpoch(known)) === log.epoch()) {
      verified = count
      return true
    }
    ready = false
    session.end(new FluxError('epoch_changed', 'this is another log', { retryable: true }))
    return false
  }
  return {
    consumer,
    cluster: () => (ready && session.live() ? cluster : undefined),
    joins: () => joins,
    seek: (moved) => {
      if (ready && session.live()) seek(moved)
    },
    probe: async (wanted) => {
      const { topic, partition, next } = wanted
      if (!cluster) return
      const { records, high } = await fetchFrom(cluster, { topic, partition, offset: next })
      const isHole = records.length === 0 && ready && progress.next(topic, partition) === next
      if (isHole && high > next) progress.place(topic, partition, high)
    },
    eachBatch: async (payload) => {
      if (!ready || !cluster || !(await verify(cluster))) return
      if (!ready || !session.live() || payload.isStale()) return
      await deliver(payload, cluster, options)
      options.onProgress(false)
    },
  }
}
