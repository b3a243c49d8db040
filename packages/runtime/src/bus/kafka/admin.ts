import type { Admin, Kafka } from 'kafkajs'
import type { Log } from '../../telemetry/log.ts'
import type { TopicEnds, TopicSpec } from '../port.ts'
import { toBusError } from './errors.ts'

/** What is asked of the cluster beside records. Everything throws the bus's errors. */
export interface BusAdmin {
  ends(topic: string): Promise<TopicEnds>
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>
  /** Deletes the groups with this prefix that have no members; what cannot be deleted stays. */
  sweepGroups(prefix: string): Promise<void>
  deleteGroup(group: string): Promise<void>
  close(): Promise<void>
}

/** One connection, made when it is needed and thrown away after a failure: a failed one may stay wrong for ever. */
export const withAdmin = (kafka: Kafka) => {
  let current: Promise<Admin> | undefined
  const connect = async () => {
    const admin = kafka.admin()
    await admin.connect()
    return admin
  }
  const discard = async () => {
    const old = current
    current = undefined
    await old?.then((admin) => admin.disconnect()).catch(() => undefined)
  }
  const run = async <T>(doing: string, work: (admin: Admin) => Promise<T>): Promise<T> => {
    current ??= connect()
    const mine = current
    try {
      return await work(await mine)
    } catch (error) {
      if (current === mine) void discard()
      throw toBusError(error, doing)
    }
  }
  return { run, discard }
}

const typeOf = (error: unknown): unknown =>
  error instanceof Error && 'type' in error ? error.type : undefined

/** One error per topic where kafkajs gives several (its class for that is not exported to ES modules). */
const partsOf = (error: unknown): readonly unknown[] =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors)
    ? error.errors
    : [error]

/** Creates topics; `replicas` is the broker's default where it is left out. Throws the first error of a topic. */
export const createTopics = async (
  admin: Admin,
  topics: readonly (TopicSpec & { readonly replicas?: number | undefined })[],
): Promise<void> => {
  if (topics.length === 0) return
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map(({ topic, partitions, replicas, config }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replicas ?? -1,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      })),
    })
  } catch (error) {
    // Somebody else may create the same ones at the same time.
    const other = partsOf(error).find((part) => typeOf(part) !== 'TOPIC_ALREADY_EXISTS')
    if (other !== undefined) throw other
  }
}

const createMissing = async (admin: Admin, topics: readonly TopicSpec[]): Promise<void> => {
  const existing = new Set(await admin.listTopics())
  await createTopics(
    admin,
    topics.filter(({ topic }) => !existing.has(topic)),
  )
}

const emptyGroups = async (admin: Admin, prefix: string): Promise<string[]> => {
  const { groups } = await admin.listGroups()
  const ids = groups.map((group) => group.groupId).filter((id) => id.startsWith(prefix))
  if (ids.length === 0) return []
  const described = await admin.describeGroups(ids)
  return described.groups.filter((g) => g.state === 'Empty').map((g) => g.groupId)
}

/** The administration of the cluster on one shared connection. */
export const createAdmin = (kafka: Kafka, log: Log): BusAdmin => {
  const { run, discard } = withAdmin(kafka)
  const quietly = async (work: Promise<void>, doing: string) => {
    await work.catch((error: unknown) => log.debug({ err: error }, `${doing} failed`))
  }
  return {
    ends: (topic) =>
      run(`asking for the ends of ${topic}`, async (admin) => {
        const ends: { low: number; high: number }[] = []
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
          ends[partition] = { low: Number(low), high: Number(high) }
        }
        return ends
      }),
    ensureTopics: (topics) => run('creating topics', (admin) => createMissing(admin, topics)),
    sweepGroups: (prefix) =>
      quietly(
        run('deleting old groups', async (admin) => {
          const groups = await emptyGroups(admin, prefix)
          if (groups.length > 0) await admin.deleteGroups(groups)
        }),
        'deleting old groups',
      ),
    deleteGroup: (group) =>
      quietly(
        run('deleting a group', async (admin) => {
          await admin.deleteGroups([group])
        }),
        'deleting a group',
      ),
    close: discard,
  }
}
