import { cacheKey, homeRoom, type Place, placeId, toUserUpdate, userId } from '@flux/contracts'
import type { Places } from '@flux/places'
import type { Cache, Clock } from '@flux/runtime'
import * as z from 'zod'
import type { Peers } from '../cluster/peers.ts'
import type { Reply } from '../gateway/handle.ts'
import type { UserEvents } from '../user/events.ts'
import type { UserStore } from '../user/store.ts'
import type { Tab, Tabs } from '../user/tabs.ts'
import { type Home, isNewerHome } from './home.ts'
import { locate } from './locate.ts'

/** What moving users needs. */
export interface MoverOptions {
  readonly clock: Clock
  readonly cache: Pick<Cache, 'claim'>
  readonly store: UserStore
  readonly tabs: Tabs
  readonly peers: Peers
  readonly places: Places
  readonly events: Pick<UserEvents, 'home'>
}

/** Who says it: a connection of a user, and where the answer goes. */
interface Speaker {
  readonly userId: string
  readonly tab: Tab
  readonly reply: Reply
}

/** Moves users, with all of their tabs on all replicas. */
export interface Mover {
  /** Moves to the place now. Said again within two seconds, it reaches the speaker only. */
  goTo(speaker: Speaker, place: Place): Promise<void>
  /** Moves to a home that brings its own version, where it is newer. */
  adopt(speaker: Speaker, home: Home): Promise<void>
}

/** A place said again within so many milliseconds is no news to anybody but the one who says it. */
const windowMs = 2_000
const event = 'user:home'
const message = z.strictObject({
  userId,
  place: z.nullable(placeId),
  ver: z.number().int().nonnegative(),
})

const newerOf = (a: Home | undefined, b: Home | undefined): Home | undefined =>
  a && isNewerHome(a, b) ? a : b

/** Listens to the other replicas at once. */
export const createMover = (options: MoverOptions): Mover => {
  const { clock, cache, store, tabs, peers, places, events } = options

  const homeOf = (id: string | null, ver: number): Home | undefined => {
    if (id === null) return { field: 'home', value: null, ver }
    const located = locate(places, { placeId: id })
    return 'place' in located ? { field: 'home', value: located.place, ver } : undefined
  }
  const followAll = (user: string, home: Home, besides?: Tab) => {
    for (const tab of tabs.of(user)) if (tab !== besides) tab.home.follow(home)
  }
  peers.on(event, message, ({ userId: user, place, ver }) => {
    const home = homeOf(place, ver)
    if (home) followAll(user, home)
  })
  const share = ({ userId: user, tab }: Speaker, home: Home) => {
    store.write(user, toUserUpdate(home))
    peers.tell(event, { userId: user, place: home.value?.id ?? null, ver: home.ver })
    followAll(user, home, tab)
  }
  /** The newest home that is known: kept, or told to the connection. */
  const newestOf = async ({ userId: user, tab }: Speaker) => {
    const kept = await store.field(user, 'home')
    const home = kept?.field === 'home' ? homeOf(kept.value, kept.ver) : undefined
    return newerOf(home, tab.home.newest())
  }
  /** Two who say the same at once replace the same home: one of them wins. */
  const isRepeat = async (user: string, place: Place, held: Home | undefined) => {
    if (held?.value?.id === place.id && clock.now() - held.ver < windowMs) return true
    const key = cacheKey.once('home', `${user}:${held?.ver ?? 0}:${place.id}`)
    return (await cache.claim(key, '1', windowMs)) === 'lost'
  }
  const settle = ({ tab, reply }: Speaker, home: Home): Promise<void> => {
    const { value } = home
    const answer = { ok: true, ...(value && { place: value, room: homeRoom(value.id) }) } as const
    return tab.home.move(home, () => reply(answer))
  }
  return {
    goTo: async (speaker, place) => {
      const refused = speaker.tab.home.refusal()
      if (refused) return speaker.reply(refused)
      const held = await newestOf(speaker)
      const repeats = await isRepeat(speaker.userId, place, held)
      const isSame = repeats && held?.value?.id === place.id
      const ver = isSame ? held.ver : Math.max(clock.now(), (held?.ver ?? 0) + 1)
      const home: Home = { field: 'home', value: place, ver }
      events.home(repeats ? 'repeated' : 'moved')
      if (!repeats) share(speaker, home)
      await settle(speaker, home)
    },
    adopt: async (speaker, home) => {
      const held = await newestOf(speaker)
      if (held && !isNewerHome(home, held)) {
        speaker.tab.home.follow(held)
        return speaker.reply({ ok: true })
      }
      const refused = speaker.tab.home.refusal()
      if (refused) return speaker.reply(refused)
      events.home('moved')
      share(speaker, home)
      await settle(speaker, home)
    },
  }
}
