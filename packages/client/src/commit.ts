import type { Entry, Outcome } from '@flux/contracts'
import { type Content, toHeld } from './content.ts'
import type { Staged, StagedChannel } from './hydrate.ts'
import { isRestored } from './restore.ts'
import type { Room } from './room.ts'
import { accept, isPartition, type Target, takeIn } from './take-in.ts'
import type { Held } from './types.ts'

/** What a hydrate did. */
export interface Committed {
  readonly room: string
  /** What became of each channel on Kafka. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** Records that were taken in. */
  readonly accepted: number
}

/** One channel of a hydrate on its way into the room. */
interface Work {
  readonly room: Room
  readonly content: Content
  readonly entries: readonly Entry[]
  /** True for a partition of which the client has seen more than the replica. */
  ahead(partition: number | string): boolean
}

const inRoom = (work: Work, key: string): boolean =>
  work.content.channel.roomOf(key) === work.room.name

/** The cursor was good: what was missed is added. */
const recover = (target: Target, work: Work): number => {
  const { room, content } = work
  return work.entries.filter((entry) => takeIn(target, room, { content, entry, how: 'hydrate' }))
    .length
}

/** Newest values take the place of the room's content, but for partitions where the client is ahead. */
const replaceLatest = (target: Target, work: Work): number => {
  const { content } = work
  const told = new Set(work.entries.map((entry) => entry.k))
  const stays = (held: Held) =>
    // A server that has no value yet, and is only now fetching one, is no reason to take the last known one away.
    (told.size === 0 && isRestored(held)) || work.ahead(held.position[0])
  content.retain((key, held) => !inRoom(work, key) || told.has(key) || stays(held))
  return work.entries.filter(
    (entry) => !work.ahead(entry.p[0]) && accept(target, content, entry, 'hydrate'),
  ).length
}

/** The ring takes the place of the room's own. Only what is beyond the own position is a new record. */
const replaceOrdered = (target: Target, work: Work): number => {
  const { room, content } = work
  const fresh = work.entries.filter(({ p: [partition, offset] }) => {
    const own = isPartition(partition) ? room.positions.of(content.channel.name, partition) : -1
    return own === undefined || offset > own
  })
  const newer = beyondHeld(content, fresh)
  content.retain((key, held) => !inRoom(work, key) || work.ahead(held.position[0]))
  const now = target.now()
  const behind = Map.groupBy(
    work.entries.filter((entry) => !work.ahead(entry.p[0]) && entry.d !== null),
    (entry) => entry.k,
  )
  for (const [key, entries] of behind) {
    content.backfill(
      key,
      entries.map((entry) => toHeld(entry, now)),
    )
  }
  for (const entry of newer) {
    target.counters.accepted += 1
    target.onRecord(content.channel.name, entry, 'hydrate')
  }
  return newer.length
}

/** Of the entries those whose version is beyond what their key had, each version once. */
const beyondHeld = (content: Content, entries: readonly Entry[]): readonly Entry[] => {
  const versions = new Map<string, number>()
  return entries.filter((entry) => {
    const version = versions.get(entry.k) ?? content.held(entry.k)?.version
    if (version !== undefined && entry.v <= version) return false
    versions.set(entry.k, entry.v)
    return true
  })
}

const byOffset = (a: Entry, b: Entry): number => a.p[1] - b.p[1]

const replacing = { latest: replaceLatest, ordered: replaceOrdered } as const

const workOf = (room: Room, content: Content, staged: Staged, part: StagedChannel): Work => {
  const { channel } = content
  const heads = staged.heads.get(channel.name) ?? {}
  return {
    room,
    content,
    entries: part.entries.filter((entry) => channel.roomOf(entry.k) === room.name).sort(byOffset),
    ahead(partition) {
      const own = isPartition(partition) ? room.positions.of(channel.name, partition) : undefined
      return own !== undefined && own > (heads[partition] ?? Number.POSITIVE_INFINITY)
    },
  }
}

const commitChannel = (target: Target, work: Work, outcome: Outcome): number => {
  const { room, content } = work
  const { name, delivery, onKafka } = content.channel
  if (!onKafka || outcome === 'recovered') return recover(target, work)
  if (outcome === 'reset') {
    content.retain((key) => !inRoom(work, key))
    room.positions.lowerTo(name, {})
  }
  return replacing[delivery](target, work)
}

/** True when the hydrate is of another log than what the client has of the room. */
const isOtherLog = (room: Room, staged: Staged): boolean =>
  staged.epoch !== null && room.epoch !== null && staged.epoch !== room.epoch

/** Puts a whole hydrate into its room, then the live records that waited for it; the room is live afterwards. */
export const commit = (target: Target, room: Room, staged: Staged): Committed => {
  const otherLog = isOtherLog(room, staged)
  if (otherLog) room.positions.clear()
  const outcomes = new Map<string, Outcome>()
  let accepted = 0
  for (const [name, part] of staged.channels) {
    const content = target.store.of(name)
    if (!content) continue
    const outcome = otherLog ? 'reset' : part.outcome
    if (content.channel.onKafka) outcomes.set(name, outcome)
    accepted += commitChannel(target, workOf(room, content, staged, part), outcome)
    content.addHistory(part.history)
  }
  for (const [name, heads] of staged.heads) room.positions.raiseAll(name, heads)
  room.epoch = staged.epoch ?? room.epoch
  room.phase = 'live'
  room.staging = undefined
  release(target, room)
  return { room: room.name, outcomes, accepted }
}

const release = (target: Target, room: Room) => {
  for (const { channel, entry } of room.early.take()) {
    const content = target.store.of(channel.name)
    if (content) takeIn(target, room, { content, entry, how: 'live' })
  }
}
