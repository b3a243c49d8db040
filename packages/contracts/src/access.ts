import { everyService } from './channel.ts'
import { commands, kafkaChannels } from './registry.ts'
import { deadLetterTopic, epochTopic, leaderTopic, tailGroupPrefix, topics } from './topics.ts'

/** What an access rule is about, in Kafka's own words. */
export interface AclResource {
  readonly type: 'topic' | 'group' | 'cluster'
  readonly name: string
  /** `prefix`: everything whose name begins with `name`. */
  readonly patternType: 'literal' | 'prefix'
}

/** An operation in Kafka's own words. */
export type AclOperation = 'Read' | 'Write' | 'Describe' | 'Delete'

/** Allows operations on a resource from any host; whatever no rule allows is denied. */
export interface KafkaAcl {
  readonly resource: AclResource
  readonly operations: readonly AclOperation[]
}

/** An application as Kafka knows it, with everything it may do. */
export interface KafkaUser {
  /** Name of the application; an installation puts the name of its cluster and a dash before it. */
  readonly name: string
  readonly acls: readonly KafkaAcl[]
}

const topicAcl = (name: string, ...operations: readonly AclOperation[]): KafkaAcl => ({
  resource: { type: 'topic', name, patternType: 'literal' },
  operations: [...operations, 'Describe'],
})

/** Every domain service, in alphabetical order. */
const serviceNames: readonly string[] = [
  ...new Set([
    ...kafkaChannels.map((channel) => channel.producer),
    ...commands.map((command) => command.service),
  ]),
]
  .filter((name) => name !== everyService)
  .toSorted()

const eventsOf = (service: string): readonly KafkaAcl[] => [
  // Read as well: a new leader goes on from what its predecessor published.
  ...kafkaChannels
    .filter((c) => c.producer === service)
    .map((c) => topicAcl(c.topic, 'Read', 'Write')),
  ...kafkaChannels
    .filter((c) => c.producer === everyService)
    .map((c) => topicAcl(c.topic, 'Write')),
]

/** What a service joins its group for. */
const joinedBy = (service: string): readonly string[] =>
  topics
    .map(({ topic }) => topic)
    .filter(
      (topic) =>
        topic === leaderTopic(service) ||
        commands.some((command) => command.service === service && command.topic === topic),
    )

const serviceUser = (service: string): KafkaUser => ({
  name: service,
  acls: [
    ...eventsOf(service),
    ...joinedBy(service).map((topic) => topicAcl(topic, 'Read')),
    topicAcl(deadLetterTopic, 'Write'),
    {
      resource: { type: 'group', name: service, patternType: 'literal' },
      operations: ['Read', 'Describe'],
    },
  ],
})

const bff: KafkaUser = {
  name: 'bff',
  acls: [
    ...kafkaChannels.map((channel) => topicAcl(channel.topic, 'Read')),
    ...commands.map((command) => topicAcl(command.topic, 'Write')),
    // Write as well: whoever finds no identity of the log writes one.
    topicAcl(epochTopic, 'Read', 'Write'),
    {
      resource: { type: 'group', name: tailGroupPrefix, patternType: 'prefix' },
      // Delete: every replica removes its own group, and at its start the empty ones that others left behind.
      operations: ['Read', 'Describe', 'Delete'],
    },
  ],
}

/**
 * Who may do what on Kafka, from the contracts: a service writes what it produces and reads its own topics and commands,
 * the BFF reads every event and writes commands. Everything else is denied.
 */
export const kafkaUsers: readonly KafkaUser[] = [bff, ...serviceNames.map(serviceUser)]
