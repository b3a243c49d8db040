import type { Admin, Kafka } from 'kafkajs'
import type { TopicSpec } from '../../port.ts'
import { createTopics, withAdmin } from '../admin.ts'
import { type ClientOptions, type Credentials, createClient } from '../client.ts'
import { toBusError } from '../errors.ts'
import { type AccessRule, addRules, removeRules, rulesOf } from './acls.ts'
import { setTopicConfig } from './configs.ts'
import { setScramPassword } from './scram.ts'

/** A topic to be made; `replicas`: the broker's default when it is left out. */
export interface NewTopic extends TopicSpec {
  readonly replicas?: number | undefined
}

/** A topic as it is; `config` holds what was set on the topic itself. */
export interface FoundTopic {
  readonly partitions: number
  readonly replicas: number
  readonly config: Readonly<Record<string, string>>
}

/** What an installer does to a cluster. Everything throws the bus's errors (`denied`, `refused`, `bus_unavailable`). */
export interface KafkaAdmin {
  /** Those of these topics that exist. */
  topics(names: readonly string[]): Promise<ReadonlyMap<string, FoundTopic>>
  createTopics(topics: readonly NewTopic[]): Promise<void>
  /** Gives a topic more partitions, up to this number. */
  growTopic(name: string, partitions: number): Promise<void>
  /** Sets settings of a topic and leaves its others alone. */
  configureTopic(name: string, config: Readonly<Record<string, string>>): Promise<void>
  /** All access rules of a user. */
  rules(user: string): Promise<readonly AccessRule[]>
  addRules(rules: readonly AccessRule[]): Promise<void>
  removeRules(rules: readonly AccessRule[]): Promise<void>
  /** Makes the user, or gives it this password. */
  setPassword(credentials: Credentials): Promise<void>
  close(): Promise<void>
}

/** kafkajs does not export its own numbers to ES modules. */
const topicResource = 2
const setOnTopic = 1

const configsOf = async (admin: Admin, names: readonly string[]) => {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: topicResource, name })),
  })
  const own = resources.map(
    ({ resourceName, configEntries }) =>
      [
        resourceName,
        Object.fromEntries(
          configEntries
            .filter(({ configSource }) => configSource === setOnTopic)
            .map(({ configName, configValue }) => [configName, configValue]),
        ),
      ] as const,
  )
  return new Map(own)
}

const find = async (admin: Admin, names: readonly string[]) => {
  const existing = new Set(await admin.listTopics())
  const wanted = names.filter((name) => existing.has(name))
  if (wanted.length === 0) return new Map<string, FoundTopic>()
  const { topics } = await admin.fetchTopicMetadata({ topics: wanted })
  const configs = await configsOf(admin, wanted)
  return new Map<string, FoundTopic>(
    topics.map(({ name, partitions }) => [
      name,
      {
        partitions: partitions.length,
        replicas: partitions[0]?.replicas.length ?? 0,
        config: configs.get(name) ?? {},
      },
    ]),
  )
}

const operations = (kafka: Kafka): KafkaAdmin => {
  const { run, discard } = withAdmin(kafka)
  return {
    topics: (names) => run('looking at the topics', (admin) => find(admin, names)),
    createTopics: (topics) => run('creating topics', (admin) => createTopics(admin, topics)),
    growTopic: (name, partitions) =>
      run(`giving ${name} more partitions`, async (admin) => {
        await admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] })
      }),
    configureTopic: (name, config) => setTopicConfig(kafka, name, config),
    rules: (user) => run(`looking at the access rules of ${user}`, (admin) => rulesOf(admin, user)),
    addRules: (rules) => run('adding access rules', (admin) => addRules(admin, rules)),
    removeRules: (rules) => run('removing access rules', (admin) => removeRules(admin, rules)),
    setPassword: (credentials) => setScramPassword(kafka, credentials),
    close: discard,
  }
}

/** The administration of a cluster, for installers. Connects when it is used. */
export const createKafkaAdmin = (options: ClientOptions): KafkaAdmin =>
  operations(createClient(options))

/** True when the cluster takes these credentials. Throws `bus_unavailable` (FluxError, retryable) when it is away. */
export const canSignIn = async (
  options: Omit<ClientOptions, 'sasl'>,
  credentials: Credentials,
): Promise<boolean> => {
  const admin = createClient({ ...options, sasl: () => credentials }).admin()
  try {
    await admin.connect()
    return true
  } catch (cause) {
    const error = toBusError(cause, `signing in as ${credentials.username}`)
    if (error.code === 'denied') return false
    throw error
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
