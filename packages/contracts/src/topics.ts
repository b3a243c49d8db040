import { type Channel, type Delivery, everyService } from './channel.ts'
import { commandMaxAgeMs } from './command.ts'
import { commands, kafkaChannels } from './registry.ts'

/** A topic as it has to exist; `config` holds the broker's own names and values. */
export interface Topic {
  readonly topic: string
  readonly partitions: number
  /** An `ordered` topic is never given more partitions: its keys would move, and their order would break. */
  readonly delivery: Delivery
  readonly config: Readonly<Record<string, string>>
}

const hourMs = 3_600_000
const segmentMs = (retentionMs: number) => Math.max(60_000, Math.min(hourMs, retentionMs / 4))

/** The topic whose record 0 is the identity of the log. It is never deleted, so it dies with the data alone. */
export const epochTopic = 'flux.epoch'

/** Where commands and publishes go that cannot be handled, keyed by topic/partition/offset. */
export const deadLetterTopic = 'flux.deadletter'

/** Consumer groups of those who read everything alone, for themselves, begin with this. */
export const tailGroupPrefix = 'flux-bff-'

const channelTopic = (channel: Channel): Topic => {
  const { retentionMs } = channel.ages
  const common = {
    'message.timestamp.type': 'LogAppendTime',
    'retention.ms': String(retentionMs),
    'segment.ms': String(segmentMs(retentionMs)),
  }
  if (channel.delivery === 'ordered') {
    return {
      topic: channel.topic,
      partitions: channel.partitions,
      delivery: 'ordered',
      config: { ...common, 'cleanup.policy': 'delete' },
    }
  }
  const lagMs = channel.history.kind === 'sampled' ? channel.history.spanMs : 0
  return {
    topic: channel.topic,
    partitions: channel.partitions,
    delivery: 'latest',
    config: {
      ...common,
      'cleanup.policy': 'compact,delete',
      'min.compaction.lag.ms': String(lagMs),
      'delete.retention.ms': String(24 * hourMs),
    },
  }
}

/** The topic whose partition 0 makes a leader of a service without commands; nothing is written to it. */
export const leaderTopic = (service: string): string => `${service}.leader`

const needsLeaderTopic = (service: string): boolean =>
  service.endsWith('-service') &&
  service !== everyService &&
  commands.every((command) => command.service !== service)

const leaderTopics: readonly Topic[] = [
  ...new Set(kafkaChannels.map((channel) => channel.producer)),
]
  .filter(needsLeaderTopic)
  .map((service) => ({
    topic: leaderTopic(service),
    partitions: 1,
    delivery: 'ordered',
    config: { 'cleanup.policy': 'delete' },
  }))

/** Every topic of the platform, from the contracts. */
export const topics: readonly Topic[] = [
  ...kafkaChannels.map(channelTopic),
  ...commands.map(
    (command): Topic => ({
      topic: command.topic,
      partitions: command.partitions,
      delivery: 'latest',
      config: {
        'cleanup.policy': 'delete',
        'message.timestamp.type': 'LogAppendTime',
        'retention.ms': String(10 * commandMaxAgeMs),
        'segment.ms': String(2 * commandMaxAgeMs),
      },
    }),
  ),
  ...leaderTopics,
  {
    topic: epochTopic,
    partitions: 1,
    delivery: 'ordered',
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' },
  },
  {
    topic: deadLetterTopic,
    partitions: 1,
    delivery: 'latest',
    config: { 'cleanup.policy': 'compact,delete', 'retention.ms': String(7 * 24 * hourMs) },
  },
]
