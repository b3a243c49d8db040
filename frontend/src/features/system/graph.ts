import { type Channel, type ChannelName, channelByName, roomName } from '@flux/contracts'

/** A service with what feeds it and what it feeds. */
export interface ServicePart {
  /** As in the contracts: `crypto-service`, or `every-service` for what all of them tell. */
  readonly name: string
  /** Keys of `platform.sources`: `crypto-service/coinbase`. */
  readonly sources: readonly string[]
  /** Names of the channels whose topics it writes. */
  readonly channels: readonly ChannelName[]
}

/** What is drawn, in the order in which it is drawn. */
export interface Graph {
  readonly services: readonly ServicePart[]
  readonly replicas: readonly string[]
  readonly rooms: readonly string[]
}

const everyService = 'every-service'

const serviceOf = (source: string): string => source.split('/')[0] ?? source

const isChannelName = (name: string): name is ChannelName => channelByName(name) !== undefined

/** A service's name in a drawing: `crypto`. */
export const shortService = (name: string): string =>
  name === everyService ? 'every service' : name.replace(/-service$/, '')

/** A provider's name in a key of `platform.sources`. */
export const providerOf = (source: string): string => source.split('/')[1] ?? source

/** Services of the channels and sources: those with providers first, what all of them write last. */
export const servicesOf = (
  channels: readonly Channel[],
  sources: readonly string[],
): readonly ServicePart[] => {
  const onKafka = channels.filter((channel) => channel.onKafka)
  const names = new Set([...onKafka.map(({ producer }) => producer), ...sources.map(serviceOf)])
  names.delete(everyService)
  const parts = [...names, everyService].map((name) => ({
    name,
    sources: sources.filter((source) => serviceOf(source) === name).toSorted(),
    channels: onKafka
      .filter(({ producer }) => producer === name)
      .map((channel) => channel.name)
      .filter(isChannelName),
  }))
  return parts.filter((part) => part.sources.length + part.channels.length > 0)
}

/** The room that all of a channel's keys are in; `undefined` where each place or product has its own. */
export const wholeRoomOf = ({ roomPattern: { domain, part } }: Channel): string | undefined =>
  part === 'global' || part === 'canary' ? roomName(domain, part) : undefined

/** The rooms that show whole channels, each once. */
export const wholeRooms = (channels: readonly Channel[]): readonly string[] => [
  ...new Set(channels.flatMap((channel) => wholeRoomOf(channel) ?? [])),
]
