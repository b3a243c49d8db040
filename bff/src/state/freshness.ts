import { type Channel, channelsOfRoom, platformSources, type Rests } from '@flux/contracts'
import * as z from 'zod'
import type { ChannelState } from './channel-state.ts'

/** What a room's newest value of a channel is. */
export const freshnessStates = ['fresh', 'stale', 'missing'] as const

/** What a room's newest value of a channel is. */
export type Freshness = (typeof freshnessStates)[number]

/** What freshness is told from. */
export interface FreshnessSource {
  /** Rooms in which somebody looks. */
  readonly occupied: Iterable<string>
  stateOf(channel: string): ChannelState | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

const entry = z.object({ d: z.unknown() })

/** The values that a room holds of a channel. What is kept is text: this is for the few that are looked at now and then. */
const valuesOf = (state: ChannelState | undefined, room: string): readonly unknown[] =>
  [...(state?.room(room)?.newest.values() ?? [])].flatMap(({ wire, removed }) =>
    removed ? [] : [entry.parse(JSON.parse(wire)).d],
  )

/** Time of the newest fact among stored values, epoch milliseconds; 0 when there is none. */
export const newestAt = (states: Iterable<{ newest: ChannelRoom['newest'] }>): number => {
  let newest = 0
  for (const state of states) {
    for (const { at, removed } of state.newest.values()) if (!removed && at > newest) newest = at
  }
  return newest
}

type ChannelRoom = NonNullable<ReturnType<ChannelState['room']>>

/** Services that have providers, none of which is configured: nothing of theirs is due. */
const withoutProvider = ({ stateOf }: FreshnessSource): ReadonlySet<string> => {
  const room = platformSources.roomOf('')
  const sources = valuesOf(stateOf(platformSources.name), room).flatMap(
    (value) => platformSources.schema.safeParse(value).data ?? [],
  )
  const configured = new Set(
    sources.flatMap(({ service, state }) => (state === 'unconfigured' ? [] : [service])),
  )
  return new Set(sources.map(({ service }) => service)).difference(configured)
}

const isResting = (room: string, rests: Rests | undefined, source: FreshnessSource): boolean =>
  rests !== undefined &&
  valuesOf(source.stateOf(rests.channel), room).some((value) => rests.during(value, source.now))

const freshness = (channel: Channel, room: string, source: FreshnessSource): Freshness => {
  const state = source.stateOf(channel.name)?.room(room)
  const at = newestAt(state ? [state] : [])
  if (at === 0) return 'missing'
  return source.now - at <= channel.ages.staleAfterMs ? 'fresh' : 'stale'
}

/**
 * How many rooms in which somebody looks have a fresh, stale or no value of each channel that feeds them. What is not due
 * is left out: nothing comes of a producer without a configured provider, nor of an exchange out of session.
 */
export const freshnessOf = (
  source: FreshnessSource,
): ReadonlyMap<string, Readonly<Record<Freshness, number>>> => {
  const idle = withoutProvider(source)
  const counts = new Map<string, Record<Freshness, number>>()
  for (const room of source.occupied) {
    for (const channel of channelsOfRoom(room)) {
      if (!channel.onKafka || idle.has(channel.producer)) continue
      if (isResting(room, channel.rests, source)) continue
      const own = counts.get(channel.name) ?? { fresh: 0, stale: 0, missing: 0 }
      own[freshness(channel, room, source)] += 1
      counts.set(channel.name, own)
    }
  }
  return counts
}
