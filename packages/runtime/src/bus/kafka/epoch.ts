import { epochTopic } from '@flux/contracts'
import { FluxError } from '../../errors.ts'
import type { OutRecord } from '../port.ts'
import { type ClusterView, endsOf, fetchFrom } from './cluster.ts'

/** The identity of the log, as its record 0 says; `undefined` when nobody has written it. */
export const readEpoch = async (cluster: ClusterView): Promise<string | undefined> => {
  await cluster.addMultipleTargetTopics([epochTopic])
  const ends = (await endsOf(cluster, [epochTopic])).get(epochTopic)?.[0]
  if (!ends || ends.low >= ends.high) return undefined
  const place = { topic: epochTopic, partition: 0, offset: ends.low }
  const { records } = await fetchFrom(cluster, place)
  return records[0]?.value?.toString()
}

/**
 * The identity of the log. Whoever finds none writes one; of several writers at the same time offset 0 wins.
 * Throws what reading or sending throws.
 */
export const ensureEpoch = async (
  cluster: ClusterView,
  write: { readonly id: string; send(topic: string, records: readonly OutRecord[]): Promise<void> },
): Promise<string> => {
  const found = await readEpoch(cluster)
  if (found) return found
  await write.send(epochTopic, [{ key: 'epoch', value: write.id, headers: {} }])
  const written = await readEpoch(cluster)
  if (written) return written
  throw new FluxError('bus_unavailable', 'the epoch was written but cannot be read', {
    retryable: true,
  })
}
