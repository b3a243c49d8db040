import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs'
import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import { fullJitter } from '../../flow/backoff.ts'
import type { Log } from '../../telemetry/log.ts'
import { createLeader } from '../group/leader.ts'
import { fenceMs, redelivery, sessionTimeoutMs } from '../group/timing.ts'
import type { GroupOptions, HandlerContext, Member } from '../port.ts'
import { stickyAssigner } from './assigner-protocol.ts'
import { keepConsuming, type Session } from './keep-consuming.ts'
import { watchPulse } from './pulse.ts'
import { toRecord } from './records.ts'
import { consumerRetry, consumerSettings } from './settings.ts'

/** What joining needs beside the member's own options. */
export interface GroupDependencies {
  readonly kafka: Kafka
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  /** The group has shared out its partitions. */
  onRebalance(): void
}

/** How many partitions are worked on at the same time; within one the order holds. */
const concurrency = 4
const heartbeatMs = 1000

const expelled: ReadonlySet<unknown> = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION'])
const isExpelled = (error: unknown) =>
  error instanceof Error && 'type' in error && expelled.has(error.type)

/** Aborts what runs for an assignment when that assignment is gone. */
const createTenure = () => {
  let controller = new AbortController()
  return {
    signal: () => controller.signal,
    renew: () => {
      if (controller.signal.aborted) controller = new AbortController()
    },
    end: () => controller.abort(new FluxError('not_assigned', 'the partition is lost')),
  }
}
type Tenure = ReturnType<typeof createTenure>

/** Does the work of a record and of waiting after a failure, with a heartbeat every second meanwhile. */
const withHeartbeat = async (
  payload: EachBatchPayload,
  { clock, tenure }: { readonly clock: Clock; readonly tenure: Tenure },
  work: () => Promise<boolean>,
): Promise<boolean> => {
  const cancel = clock.every(heartbeatMs, () => {
    payload.heartbeat().catch((error: unknown) => {
      // A rebalance is told again by the next heartbeat, after the record; an expulsion ends the work.
      if (isExpelled(error)) tenure.end()
    })
  })
  try {
    return await work()
  } finally {
    cancel()
  }
}

/** Handles the records of a batch one after another and commits each. */
const batchHandler = (options: GroupOptions, deps: GroupDependencies, tenure: Tenure) => {
  const { clock, random, log } = deps
  const failures = new Map<string, number>()

  const attempt = async (payload: EachBatchPayload, message: KafkaMessage): Promise<boolean> => {
    const { topic, partition } = payload.batch
    const signal = tenure.signal()
    const context: HandlerContext = { signal, heartbeat: () => payload.heartbeat() }
    const place = `${topic}/${partition}`
    try {
      await options.handler(toRecord(topic, partition, message), context)
      failures.delete(place)
      return true
    } catch (error) {
      if (signal.aborted) return false
      const count = failures.get(place) ?? 0
      failures.set(place, count + 1)
      log.warn({ topic, partition, offset: message.offset, err: error }, 'handler failed')
      await clock.sleep(fullJitter(count, redelivery, random), signal).catch(() => undefined)
      return false
    }
  }

  return async (payload: EachBatchPayload): Promise<void> => {
    const { topic, partition } = payload.batch
    for (const message of payload.batch.messages) {
      if (!payload.isRunning() || payload.isStale() || tenure.signal().aborted) return
      const done = await withHeartbeat(payload, { clock, tenure }, () => attempt(payload, message))
      // Not resolved: the next fetch brings it again.
      if (!done) return
      payload.resolveOffset(message.offset)
      const offset = String(Number(message.offset) + 1)
      await payload.commitOffsetsIfNecessary({
        topics: [{ topic, partitions: [{ partition, offset }] }],
      })
      await payload.heartbeat()
    }
  }
}

/** Joins a consumer group and stays in it. See `Bus.join`. */
export const joinGroup = (options: GroupOptions, deps: GroupDependencies): Member => {
  const { group, topics, leadTopic, onLead } = options
  const { kafka, clock, random, log } = deps
  const { pulse, watch } = watchPulse(clock)
  const tenure = createTenure()
  const leader = createLeader({
    ...{ clock, random, log, group, fenceMs, onLead },
    sessionMs: sessionTimeoutMs,
    age: () => pulse.age(),
  })
  let joined = false
  const claim = () =>
    leader.owns() && pulse.age() < sessionTimeoutMs ? pulse.generation() : undefined

  const create = ({ live }: Session): Consumer => {
    const consumer = kafka.consumer({
      ...consumerSettings,
      groupId: group,
      maxWaitTimeInMs: 500,
      retry: consumerRetry,
      partitionAssigners: [stickyAssigner({ leadTopic, claim })],
    })
    watch(consumer, live)
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (!live()) return
      joined = true
      deps.onRebalance()
      tenure.renew()
      const mine = leadTopic === undefined ? undefined : payload.memberAssignment[leadTopic]
      leader.own(mine?.includes(0) === true)
      log.info({ group, assignment: payload.memberAssignment }, 'joined')
    })
    return consumer
  }
  const down = () => {
    joined = false
    pulse.lost()
    tenure.end()
    leader.own(false)
  }
  const consuming = keepConsuming({
    ...{ group, topics, concurrency, clock, random, log, create },
    eachBatch: batchHandler(options, deps, tenure),
    quietMs: () => pulse.age(),
    onDown: down,
  })
  return {
    leadership: leader.leadership,
    healthy: () => joined && pulse.age() < sessionTimeoutMs,
    close: async () => {
      await leader.close()
      tenure.end()
      await consuming.close()
      down()
    },
  }
}
