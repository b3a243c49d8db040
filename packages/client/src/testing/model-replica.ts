import type { Channel, Entry, Outcome, Watermarks } from '@flux/contracts'
import { type ModelLog, modelPartitions } from './model-log.ts'

/** Records that a replica keeps of an `ordered` partition. */
const ringSize = 6

/** A replica's state: what it has read of the log, as DESIGN's rules have it. */
export interface ModelReplica {
  /** Reads up to `count` records of a partition; returns them as they are sent live. */
  read(partition: number, count: number): readonly (readonly [Channel, Entry])[]
  /** What a room gets: everything newer than the cursor, or what there is. */
  answer(channel: Channel, room: string, cursor: Watermarks | undefined): ModelAnswer
}

/** One channel of a hydrate. */
export interface ModelAnswer {
  readonly outcome: Outcome
  readonly entries: Entry[]
  readonly heads: Watermarks
}

/** A replica that has read nothing of the log yet. */
export const createModelReplica = (log: ModelLog): ModelReplica => {
  const progress = new Map<string, number>()
  const newest = new Map<string, Entry>()

  const idOf = (channel: Channel, partition: number) => `${channel.name} ${partition}`
  const seen = (channel: Channel, partition: number): readonly Entry[] =>
    log.records(channel.name, partition).slice(0, progress.get(idOf(channel, partition)) ?? 0)
  const ring = (channel: Channel, partition: number): readonly Entry[] =>
    seen(channel, partition).slice(-ringSize)

  /** Equal versions are a repetition: the later position wins for `latest`, and is dropped for `ordered`. */
  const accepts = (channel: Channel, entry: Entry): boolean => {
    const id = `${channel.name} ${entry.k}`
    const held = newest.get(id)
    const newer = !held || entry.v > held.v || (entry.v === held.v && channel.delivery === 'latest')
    if (newer) newest.set(id, entry)
    return newer
  }
  const readOne = (channel: Channel, partition: number, count: number) => {
    const id = idOf(channel, partition)
    const from = progress.get(id) ?? 0
    const fresh = log.records(channel.name, partition).slice(from, from + count)
    progress.set(id, from + fresh.length)
    return fresh
      .filter((entry) => accepts(channel, entry))
      .map((entry) => [channel, entry] as const)
  }
  const partitionsOf = (channel: Channel) =>
    modelPartitions.filter(([one]) => one === channel).map(([, partition]) => partition)
  const headsOf = (channel: Channel): Watermarks =>
    Object.fromEntries(
      partitionsOf(channel).map((partition) => [
        partition,
        seen(channel, partition).at(-1)?.p[1] ?? -1,
      ]),
    )
  const newestOf = (channel: Channel): Entry[] =>
    [...newest].filter(([id]) => id.startsWith(`${channel.name} `)).map(([, entry]) => entry)
  const ringsOf = (channel: Channel): Entry[] => {
    const versions = new Map<string, number>()
    const all = partitionsOf(channel).flatMap((partition) => ring(channel, partition))
    return all.filter((entry) => {
      const first = entry.v > (versions.get(entry.k) ?? 0)
      if (first) versions.set(entry.k, entry.v)
      return first
    })
  }
  const covers = (channel: Channel, cursor: Watermarks): boolean =>
    channel.delivery === 'latest' ||
    partitionsOf(channel).every((partition) => {
      const whole = seen(channel, partition).length <= ringSize
      const floor = ring(channel, partition)[0]?.p[1] ?? 0
      return whole || (cursor[partition] ?? -1) >= floor - 1
    })
  return {
    read(index, count) {
      const found = modelPartitions[index % modelPartitions.length]
      return found ? readOne(...found, count) : []
    },
    answer(channel, room, cursor) {
      const held = channel.delivery === 'ordered' ? ringsOf(channel) : newestOf(channel)
      const own = held.filter((entry) => channel.roomOf(entry.k) === room)
      const heads = headsOf(channel)
      if (!cursor || !covers(channel, cursor)) {
        return { outcome: 'snapshot', entries: own.filter((entry) => entry.d !== null), heads }
      }
      const missed = own.filter((entry) => entry.p[1] > (cursor[entry.p[0]] ?? -1))
      return { outcome: 'recovered', entries: missed, heads }
    },
  }
}
