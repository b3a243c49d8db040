import type { Channel, ValueOf } from './channel.ts'
import type { Command } from './command.ts'
import {
  cryptoCandles,
  cryptoMovers,
  cryptoTicker,
  cryptoTopcoins,
  cryptoTrades,
  refreshMovers,
  refreshTopcoins,
} from './crypto.ts'
import { newsHeadlines, refreshNews } from './news.ts'
import { platformCanary, platformSources, platformStats } from './platform.ts'
import { matchesRoom } from './room.ts'
import { refreshPerformers, stockPerformers, stockQuotes } from './stock.ts'
import { fetchWeather, weather } from './weather.ts'

const all = [
  weather,
  cryptoTicker,
  cryptoCandles,
  cryptoTrades,
  cryptoMovers,
  cryptoTopcoins,
  stockPerformers,
  stockQuotes,
  newsHeadlines,
  platformSources,
  platformCanary,
  platformStats,
] as const

type AnyChannel = (typeof all)[number]

/** The name of a channel. */
export type ChannelName = AnyChannel['name']

/** The value type behind a channel's name. */
export type ValueByName = { [C in AnyChannel as C['name']]: ValueOf<C> }

/** Every channel. A domain adds its own here and nowhere else. */
export const channels: readonly Channel[] = all

/** The channels that have a topic. */
export const kafkaChannels: readonly Channel[] = channels.filter((c) => c.onKafka)

/** Every command. */
export const commands: readonly Command[] = [
  fetchWeather,
  refreshMovers,
  refreshTopcoins,
  refreshPerformers,
  refreshNews,
]

const byName = new Map(channels.map((c) => [c.name, c]))
const byTopic = new Map(kafkaChannels.map((c) => [c.topic, c]))

/** The channel of a name. */
export const channelByName = (name: string): Channel | undefined => byName.get(name)

/** The channel of a topic. */
export const channelByTopic = (topic: string): Channel | undefined => byTopic.get(topic)

/** The channels that can feed a room; none for a room that no contract can produce. */
export const channelsOfRoom = (room: string): readonly Channel[] =>
  channels.filter((c) => matchesRoom(c.roomPattern, room))

/** True for a room that a client may join. `user.*` never is one. */
export const isSubscribable = (room: string): boolean =>
  channels.some((c) => matchesRoom(c.roomPattern, room))
