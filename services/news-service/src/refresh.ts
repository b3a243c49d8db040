import { newsHeadlines } from '@flux/contracts'
import { type Clock, DeferredError, ProviderError, type Service, type Stored } from '@flux/runtime'
import type { Credits } from './credits.ts'
import type { NewsEvents } from './events.ts'
import { mergeStories } from './headlines.ts'
import type { NewsProvider } from './provider/newsdata.ts'
import { provider } from './provider/newsdata-reply.ts'
import type { Turns } from './turns.ts'
import type { Category, Headlines } from './values.ts'

/** What refreshing needs. */
export interface RefreshOptions {
  readonly news: NewsProvider
  readonly credits: Credits
  readonly turns: Turns
  readonly categories: readonly Category[]
  readonly publish: Service<unknown>['publish']
  /** The list that was published last. */
  newest(signal: AbortSignal): Promise<Stored<Headlines> | undefined>
  readonly events: NewsEvents
  readonly clock: Clock
  readonly simulated: boolean
}

/** Keeps the list up to date, a category at a time. All throw ProviderError and `DeferredError`; the list then stays. */
export interface Refresh {
  /** The last list; `undefined` when there is none or it is of the other kind, simulated or not. */
  held(signal: AbortSignal): Promise<Headlines | undefined>
  /** The category whose turn it is. */
  turn(signal: AbortSignal): Promise<void>
  /** As `turn`, and with it all categories that have no stories at all, as far as there are spare credits. */
  fill(signal: AbortSignal): Promise<void>
  /** The category whose turn it is, for somebody who waits. A provider that fails defers the command. */
  onCommand(signal: AbortSignal): Promise<void>
}

/** Fetches a category's page and publishes the list with it. The list is read after the call: it may have changed. */
const createUpdate = (options: RefreshOptions, held: Refresh['held']) => {
  const { events, clock, simulated } = options
  const fetchPage = async (category: Category, signal: AbortSignal) => {
    try {
      const page = await options.news.latest(category, signal)
      events.fetched(category, page)
      events.creditsLeft(page.left)
      return page
    } catch (error) {
      if (error instanceof ProviderError) events.failed(category, error)
      throw error
    }
  }
  return async (category: Category, signal: AbortSignal): Promise<void> => {
    await options.turns.asked(category)
    const page = await fetchPage(category, signal)
    const before = await held(signal)
    const now = Math.round(clock.now())
    const stories = mergeStories(before?.stories ?? [], page.stories, now)
    if (stories.length === 0) return
    // A clock that is behind the last leader's must not make a list that readers take for an older one.
    const value = { stories: [...stories], at: Math.max(now, (before?.at ?? 0) + 1) }
    await options.publish(newsHeadlines, value, { source: provider, simulated, signal })
    events.published(stories.length)
  }
}

/** Makes the refreshing of the list. */
export const createRefresh = (options: RefreshOptions): Refresh => {
  const { credits, turns, categories } = options

  const held = async (signal: AbortSignal) => {
    const stored = await options.newest(signal)
    return stored?.simulated === options.simulated ? stored.value : undefined
  }
  const update = createUpdate(options, held)

  const turn = async (signal: AbortSignal) => {
    await credits.scheduled(signal)
    await update(await turns.next(), signal)
  }

  const missing = async (signal: AbortSignal) => {
    const stories = (await held(signal))?.stories ?? []
    return categories.filter((category) => stories.every((story) => story.category !== category))
  }

  /** Without one the categories come when it is their turn: nothing has failed. */
  const hasSpare = async (signal: AbortSignal) => {
    try {
      await credits.spare(signal)
      return true
    } catch (error) {
      if (error instanceof DeferredError) return false
      throw error
    }
  }

  return {
    held,
    turn,
    fill: async (signal) => {
      const [first, ...others] = await missing(signal)
      if (first === undefined) return await turn(signal)
      await credits.scheduled(signal)
      await update(first, signal)
      for (const category of others) {
        if (!(await hasSpare(signal))) return
        await update(category, signal)
      }
    },
    onCommand: async (signal) => {
      await credits.spare(signal)
      try {
        await update(await turns.next(), signal)
      } catch (error) {
        // Asking again is the business of those who look.
        throw error instanceof ProviderError ? new DeferredError(error.message) : error
      }
    },
  }
}
