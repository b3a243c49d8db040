import {
  type Channel,
  channelByTopic,
  commands,
  type History,
  kafkaChannels,
  topics,
} from '@flux/contracts'
import { generated, span, table } from './table.ts'

const historyOf = (history: History): string => {
  if (history.kind === 'sampled')
    return `${history.column} every ${span(history.everyMs)}, ${span(history.spanMs)}`
  return history.kind === 'newest' ? `newest ${history.count}` : '–'
}

const channelRow = (channel: Channel): readonly string[] => [
  `\`${channel.name}\``,
  `\`${channel.topic}\``,
  `\`${channel.roomPattern.domain}.{${channel.roomPattern.part}}\``,
  channel.delivery,
  historyOf(channel.history),
  channel.producer,
  span(channel.ages.refreshAfterMs),
  span(channel.ages.staleAfterMs),
  span(channel.ages.retentionMs),
]

const channelHead = [
  'channel',
  'topic',
  'room',
  'delivery',
  'history',
  'producer',
  'asked again after',
  'stale after',
  'kept',
]

const configText = (config: Readonly<Record<string, string>>): string =>
  Object.entries(config)
    .map(([name, value]) => `\`${name}=${value}\``)
    .join(' ')

const roleOf = (topic: string): string => {
  if (channelByTopic(topic)) return 'events'
  return commands.some((command) => command.topic === topic) ? 'commands' : 'platform'
}

/** `docs/kafka-topics.md`. */
export const kafkaTopics = (): string => `${generated}

# Kafka topics

Every topic follows from a declaration in \`packages/contracts\`. \`npm run topics\` creates what is missing on \`KAFKA_BROKERS\`.

## Channels

${table(channelHead, kafkaChannels.map(channelRow))}

\`latest\`: the newest value of every key, compacted. \`ordered\`: every record, once in effect, in order per key.
Headers of a record: \`flux-schema\` (channel and version), \`flux-at\` (time of the fact), \`flux-produced-at\`, \`flux-id\` (made once, before the
first attempt to send), \`flux-version\` (grows per key), \`flux-source\`, \`flux-simulated\`, \`traceparent\`. A null value removes its key.

## Commands

${table(
  ['command', 'topic', 'handled by', 'answered on'],
  commands.map((c) => [`\`${c.name}\``, `\`${c.topic}\``, c.service, `\`${c.refreshes}\``]),
)}

A command is JSON: \`id\`, \`reason\`, \`requestedAt\`, \`waitingSince\`, \`body\`. It is a hint: while a room is occupied and its value is missing or
old, it is sent again.

## All topics

${table(
  ['topic', 'for', 'partitions', 'configuration'],
  topics.map((t) => [
    `\`${t.topic}\``,
    roleOf(t.topic),
    String(t.partitions),
    configText(t.config),
  ]),
)}
`
