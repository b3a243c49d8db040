import type { Broker, Cluster, Consumer, Kafka } from 'kafkajs'
import * as z from 'zod'
import type { Ends, InRecord, TopicEnds } from '../port.ts'
import { toRecord } from './records.ts'
import { clientSettings, consumerRetry, consumerSettings } from './settings.ts'

/** The parts of kafkajs's cluster that the bus uses; kafkajs hands it to partition assigners only. */
export type ClusterView = Pick<
  Cluster,
  | 'connect'
  | 'disconnect'
  | 'addMultipleTargetTopics'
  | 'refreshMetadata'
  | 'refreshMetadataIfNecessary'
  | 'findTopicPartitionMetadata'
  | 'findLeaderForPartitions'
  | 'findBroker'
  | 'findControllerBroker'
  | 'fetchTopicsOffset'
>

/** A cluster of its own, without a consumer that runs. Not connected yet. */
export const openCluster = (kafka: Kafka): ClusterView => {
  const found: Cluster[] = []
  const holder: Consumer = kafka.consumer({
    ...consumerSettings,
    groupId: 'none',
    retry: { ...clientSettings.retry, restartOnFailure: consumerRetry.restartOnFailure },
    partitionAssigners: [
      ({ cluster }) => {
        found.push(cluster)
        return {
          name: 'none',
          version: 0,
          assign: () => Promise.resolve([]),
          protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }),
        }
      },
    ],
  })
  const [cluster] = found
  if (!cluster) throw new Error(`kafkajs made no cluster for ${holder.logger()}`)
  return cluster
}

/** Numbers of a topic's partitions, ascending, as the metadata has them. */
export const partitionsOf = (cluster: ClusterView, topic: string): number[] =>
  cluster
    .findTopicPartitionMetadata(topic)
    .map((p) => p.partitionId)
    .sort((a, b) => a - b)

/** Which offset to ask for: the end, the beginning, or the first one at or after a time (epoch ms). */
export type OffsetQuery = { readonly fromBeginning: boolean } | { readonly fromTimestamp: number }

/** One offset per partition (-1: none at or after that time), in the order of the partitions. */
export const offsetsOf = async (
  cluster: ClusterView,
  topics: readonly string[],
  query: OffsetQuery,
): Promise<Map<string, number[]>> => {
  if (topics.length === 0) return new Map()
  const answer = await cluster.fetchTopicsOffset(
    topics.map((topic) => ({
      topic,
      partitions: partitionsOf(cluster, topic).map((partition) => ({ partition })),
      ...query,
    })),
  )
  const result = new Map<string, number[]>()
  for (const { topic, partitions } of answer) {
    const offsets: number[] = []
    for (const { partition, offset } of partitions) offsets[partition] = Number(offset)
    result.set(topic, offsets)
  }
  return result
}

const zip = (low: readonly number[], high: readonly number[]): Ends[] =>
  high.map((value, partition) => ({ low: low[partition] ?? 0, high: value }))

/** Low and high of all partitions of these topics, in two requests per broker. */
export const endsOf = async (
  cluster: ClusterView,
  topics: readonly string[],
): Promise<Map<string, TopicEnds>> => {
  const [high, low] = await Promise.all([
    offsetsOf(cluster, topics, { fromBeginning: false }),
    offsetsOf(cluster, topics, { fromBeginning: true }),
  ])
  return new Map(topics.map((topic) => [topic, zip(low.get(topic) ?? [], high.get(topic) ?? [])]))
}

const bytes = z.nullable(z.instanceof(Buffer))
const fetched = z.object({
  responses: z.array(
    z.object({
      topicName: z.string(),
      partitions: z.array(
        z.object({
          partition: z.number(),
          highWatermark: z.string(),
          messages: z.array(
            z.object({
              offset: z.string(),
              timestamp: z.string(),
              isControlRecord: z.optional(z.boolean()),
              key: bytes,
              value: bytes,
              headers: z.record(z.string(), z.unknown()),
            }),
          ),
        }),
      ),
    }),
  ),
})

/** Where to read: one partition, from an offset on. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** What one look at a partition gave. */
export interface Piece {
  readonly records: readonly InRecord[]
  readonly high: number
}

const leaderOf = async (cluster: ClusterView, { topic, partition }: Place): Promise<Broker> => {
  const leaders = cluster.findLeaderForPartitions(topic, [partition])
  const [nodeId] = Object.keys(leaders)
  if (nodeId === undefined) throw new Error(`${topic}/${partition} has no leader`)
  return await cluster.findBroker({ nodeId })
}

/** Fetches once from a partition, without waiting for records that are not there yet. */
export const fetchFrom = async (
  cluster: ClusterView,
  place: Place,
  maxBytes = 4 * 1024 * 1024,
): Promise<Piece> => {
  const { topic, partition, offset } = place
  const broker = await leaderOf(cluster, place)
  const answer: unknown = await broker.fetch({
    maxWaitTime: 1,
    minBytes: 1,
    maxBytes,
    topics: [{ topic, partitions: [{ partition, fetchOffset: String(offset), maxBytes }] }],
  })
  const part = fetched.parse(answer).responses[0]?.partitions[0]
  if (!part) throw new Error(`no answer for ${topic}/${partition}`)
  const records = part.messages
    .filter((message) => message.isControlRecord !== true)
    .map((message) => toRecord(topic, partition, message))
    .filter((record) => record.offset >= offset)
  return { records, high: Number(part.highWatermark) }
}
