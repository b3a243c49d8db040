import type { Kafka } from 'kafkajs'
import type { Ends, InRecord } from '../port.ts'
import { type ClusterView, endsOf, fetchFrom, openCluster } from './cluster.ts'
import { toBusError } from './errors.ts'

/** All records between two offsets of a partition. */
const readPartition = async (
  cluster: ClusterView,
  at: { readonly topic: string; readonly partition: number },
  { low, high }: Ends,
  signal: AbortSignal | undefined,
): Promise<InRecord[]> => {
  const result: InRecord[] = []
  let offset = low
  while (offset < high) {
    signal?.throwIfAborted()
    const { records } = await fetchFrom(cluster, { ...at, offset })
    const last = records.at(-1)
    // Nothing before the end: what stood there has been compacted away.
    if (!last) break
    for (const record of records) if (record.offset < high) result.push(record)
    offset = last.offset + 1
  }
  return result
}

const readWith = async (
  cluster: ClusterView,
  topic: string,
  signal: AbortSignal | undefined,
): Promise<InRecord[]> => {
  await cluster.connect()
  await cluster.addMultipleTargetTopics([topic])
  const ends = (await endsOf(cluster, [topic])).get(topic) ?? []
  const result: InRecord[] = []
  for (const [partition, range] of ends.entries()) {
    const records = await readPartition(cluster, { topic, partition }, range, signal)
    for (const record of records) result.push(record)
  }
  return result
}

/** Reads a topic once, without a consumer group. See `Bus.read`. */
export const readTopic = async (
  kafka: Kafka,
  topic: string,
  signal?: AbortSignal,
): Promise<readonly InRecord[]> => {
  const cluster = openCluster(kafka)
  try {
    return await readWith(cluster, topic, signal)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw toBusError(error, `reading ${topic}`)
  } finally {
    await cluster.disconnect().catch(() => undefined)
  }
}
