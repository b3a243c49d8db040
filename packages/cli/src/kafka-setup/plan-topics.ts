import type { FoundTopic } from '@flux/runtime'
import type { WantedTopic } from './wanted.ts'

type Config = Readonly<Record<string, string>>

/** What is to be done to the topics. */
export interface TopicPlan {
  readonly create: readonly WantedTopic[]
  readonly grow: readonly { readonly topic: string; readonly partitions: number }[]
  /** Only the settings that differ. */
  readonly configure: readonly { readonly topic: string; readonly config: Config }[]
  /** One sentence for each topic that cannot become what is wanted: nothing at all is done then. */
  readonly refusals: readonly string[]
  /** One sentence for each difference that is left as it is. */
  readonly warnings: readonly string[]
}

const differing = (wanted: Config, found: Config): Config =>
  Object.fromEntries(Object.entries(wanted).filter(([name, value]) => found[name] !== value))

interface Pair {
  readonly wanted: WantedTopic
  readonly found: FoundTopic
}

const refusalOf = ({ wanted, found }: Pair): string[] => {
  if (wanted.delivery !== 'ordered' || wanted.partitions <= found.partitions) return []
  return [
    `${wanted.topic} has ${found.partitions} partitions and cannot be given ${wanted.partitions}: its records are in order per key, and keys would move; make a new topic instead`,
  ]
}

const warningsOf = ({ wanted, found }: Pair): string[] => {
  const { topic, partitions, replicas = found.replicas } = wanted
  const kept = `has ${found.partitions} partitions, more than the ${partitions} that are wanted`
  return [
    ...(partitions < found.partitions ? [`${topic} ${kept}: Kafka cannot take any away`] : []),
    ...(replicas === found.replicas
      ? []
      : [`${topic} has ${found.replicas} replicas, not ${replicas}: reassign its partitions`]),
  ]
}

/** Compares the topics that are wanted with those that were found. */
export const planTopics = (
  wanted: readonly WantedTopic[],
  found: ReadonlyMap<string, FoundTopic>,
): TopicPlan => {
  const pairs = wanted.flatMap((topic) => {
    const match = found.get(topic.topic)
    return match ? [{ wanted: topic, found: match }] : []
  })
  return {
    create: wanted.filter(({ topic }) => !found.has(topic)),
    grow: pairs
      .filter((pair) => pair.wanted.partitions > pair.found.partitions)
      .map(({ wanted: { topic, partitions } }) => ({ topic, partitions })),
    configure: pairs
      .map((pair) => ({
        topic: pair.wanted.topic,
        config: differing(pair.wanted.config, pair.found.config),
      }))
      .filter(({ config }) => Object.keys(config).length > 0),
    refusals: pairs.flatMap(refusalOf),
    warnings: pairs.flatMap(warningsOf),
  }
}
