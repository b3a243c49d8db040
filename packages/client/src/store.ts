import { type Channel, channels } from '@flux/contracts'
import { type Content, type ContentEvents, createContent } from './content.ts'
import { isRestored } from './restore.ts'

/** Everything that is held, channel by channel. */
export interface Store {
  /** The channel's content, or `undefined` for a name that is no channel's. */
  of(channel: string): Content | undefined
  /** Forgets a room's keys in every channel. */
  forgetRoom(room: string): void
  /** Forgets everything that came from Kafka: its log is another one now. */
  forgetLog(): void
  /** Forgets what is older than its channel keeps; `now` is the server's time, epoch milliseconds. */
  sweep(now: number): void
  /** Forgets what replicas have not repeated in time; `now` is the client's time, epoch milliseconds. */
  expire(now: number): void
}

/** An empty store over all channels of the contracts. */
export const createStore = (events: ContentEvents): Store => {
  const contents = new Map(channels.map((one) => [one.name, createContent(one, events)]))
  const each = (which: (channel: Channel) => boolean, fn: (content: Content) => void) => {
    for (const content of contents.values()) if (which(content.channel)) fn(content)
  }
  const onKafka = (channel: Channel) => channel.onKafka
  const onReplica = (channel: Channel) => !channel.onKafka
  return {
    of: (channel) => contents.get(channel),
    forgetRoom: (room) =>
      each(
        () => true,
        (content) => content.retain((key) => content.channel.roomOf(key) !== room),
      ),
    // What an earlier visit left is of no log; it goes when its room's content comes.
    forgetLog: () => each(onKafka, (content) => content.retain((_, held) => isRestored(held))),
    sweep: (now) =>
      each(onKafka, (content) => content.sweep(now - content.channel.ages.retentionMs)),
    expire: (now) =>
      each(onReplica, (content) => {
        const oldest = now - content.channel.ages.retentionMs
        content.retain((_, held) => held.receivedAt >= oldest)
      }),
  }
}
