import type { Channel, Entry, Outcome, Watermarks } from '@flux/contracts'
import { type ModelLog, modelPartitions } from './model-log.ts'

/** Records that a replica keeps of an `ordered` key. */
const ringSize = 2

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

/** The newest records of an `ordered` key, and the offset below which some are gone. */
interface ModelRing {
  readonly channel: Channel
  readonly entries: Entry[]
  floor: number
}

const createModelRings = () => {
  const rings = new Map<string, ModelRing>()
  return {
    of: (channel: Channel, room: string): readonly ModelRing[] =>
      [...rings.values()].filter(
        (ring) => ring.channel === channel && channel.roomOf(ring.entries[0]?.k ?? '') === room,
      ),
    keep: (channel: Channel, entry: Entry) => {
      const id = `${channel.name} ${entry.k}`
      const ring = rings.get(id) ?? { channel, entries: [], floor: 0 }
      rings.set(id, ring)
      ring.entries.push(entry)
      const dropped = ring.entries.length > ringSize ? ring.entries.shift() : undefined
      if (dropped) ring.floor = dropped.p[1] + 1
    },
  }
}

/** A replica that has read nothing of the log yet. */
export const createModelReplica = (log: ModelLog): ModelReplica => {
  const progress = new Map<string, number>()
  const newest = new Map<string, Entry>()
  const rings = createModelRings()

  const idOf = (channel: Channel, partition: number) => `${channel.name} ${partition}`
  const seen = (channel: Channel, partition: number): readonly Entry[] =>
    log.records(channel.name, partition).slice(0, progress.get(idOf(channel, partition)) ?? 0)

  /** Equal versions are a repetition: the later position wins for `latest`, and is dropped for `ordered`. */
  const accepts = (channel: Channel, entry: Entry): boolean => {
    const id = `${channel.name} ${entry.k}`
    const held = newest.get(id)
    const newer = !held || entry.v > held.v || (entry.v === held.v && channel.delivery === 'latest')
    if (newer) newest.set(id, entry)
    if (newer && channel.delivery === 'ordered') rings.keep(channel, entry)
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
  const covers = (channel: Channel, room: string, cursor: Watermarks): boolean =>
    rings.of(channel, room).every(({ entries: [first], floor }) => {
      return first === undefined || (cursor[first.p[0]] ?? -1) >= floor - 1
    })
  return {
    read(index, count) {
      const found = modelPartitions[index % modelPartitions.length]
      return found ? readOne(...found, count) : []
    },
    answer(channel, room, cursor) {
      const held =
        channel.delivery === 'ordered'
          ? rings.of(channel, room).flatMap((ring) => ring.entries)
          : newestOf(channel)
      const own = held.filter((entry) => channel.roomOf(entry.k) === room)
      const heads = headsOf(channel)
      if (!cursor || !covers(channel, room, cursor)) {
        return { outcome: 'snapshot', entries: own.filter((entry) => entry.d !== null), heads }
      }
      const missed = own.filter((entry) => entry.p[1] > (cursor[entry.p[0]] ?? -1))
      return { outcome: 'recovered', entries: missed, heads }
    },
  }
}
