import { cacheKey, weather } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import { type Cache, createSingleFlight, type Stored } from '@flux/runtime'
import type { Weather } from './values.ts'

/** Most places kept in memory, as JSON text (about 8 KB each). */
const maxPlaces = 1_000

/** How long one look at the whole topic serves, in milliseconds. */
const topicForMs = 60_000

/** The last values with data, by place. */
export interface Store {
  /** The newest that any replica kept; from memory where it is younger than `freshMs`, else from the cache too. */
  recall(placeId: string, freshMs: number): Promise<Weather | undefined>
  /** The same, and if there is none, what was published last: for the moment when nothing new can be had. */
  lastGood(placeId: string, signal: AbortSignal): Promise<Weather | undefined>
  keep(value: Weather): Promise<void>
}

/** What a store is made of. */
export interface StoreOptions {
  /** Under which name the values are kept; those of a sandbox never mix with others. */
  readonly name: string
  readonly cache: Pick<Cache, 'get' | 'set'>
  readonly clock: Clock
  readonly simulated: boolean
  /** What the channel's topic holds. */
  published(signal: AbortSignal): Promise<ReadonlyMap<string, Stored<Weather>>>
}

const read = (text: string | undefined): Weather | undefined => {
  try {
    return text === undefined ? undefined : weather.schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const ageOf = (value: Weather | undefined, now: number): number =>
  value && value.asOf !== null ? now - value.asOf : Number.POSITIVE_INFINITY

/** Looks at the topic at most once a minute, once for all who ask. */
const createPublished = ({ clock, simulated, published }: StoreOptions) => {
  const flights = createSingleFlight<ReadonlyMap<string, string>>()
  let known: ReadonlyMap<string, string> = new Map()
  let readAt = Number.NEGATIVE_INFINITY
  const load = async (signal: AbortSignal) => {
    const values = [...(await published(signal)).values()].filter(
      (stored) => stored.value.asOf !== null && stored.simulated === simulated,
    )
    known = new Map(values.map(({ key, value }) => [key, JSON.stringify(value)]))
    readAt = clock.monotonic()
    return known
  }
  return async (placeId: string, signal: AbortSignal): Promise<Weather | undefined> => {
    const old = clock.monotonic() - readAt >= topicForMs
    const texts = old ? await flights.run('topic', load, signal) : known
    return read(texts.get(placeId))
  }
}

/** Memory in front of the shared cache in front of the topic. */
export const createStore = (options: StoreOptions): Store => {
  const { name, cache, clock } = options
  const own = new Map<string, string>()
  const publishedOf = createPublished(options)

  const remember = (placeId: string, text: string) => {
    own.delete(placeId)
    own.set(placeId, text)
    const [oldest] = own.keys()
    if (own.size > maxPlaces && oldest !== undefined) own.delete(oldest)
  }
  const recall = async (placeId: string, freshMs: number) => {
    const mine = read(own.get(placeId))
    if (ageOf(mine, clock.now()) < freshMs) return mine
    const text = await cache.get(cacheKey.reply(name, placeId))
    const shared = read(text)
    if (!shared || text === undefined || (mine?.asOf ?? 0) >= (shared.asOf ?? 0)) return mine
    remember(placeId, text)
    return shared
  }

  return {
    recall,
    lastGood: async (placeId, signal) =>
      (await recall(placeId, 0)) ?? (await publishedOf(placeId, signal)),
    keep: async (value) => {
      const text = JSON.stringify(value)
      remember(value.place.id, text)
      await cache.set(cacheKey.reply(name, value.place.id), text, weather.ages.retentionMs)
    },
  }
}
