import { newsHeadlines } from '@flux/contracts'
import {
  createLog,
  createMemoryCache,
  createMetrics,
  DeferredError,
  type Leader,
  ProviderError,
  poll,
} from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createCredits } from './credits.ts'
import { createEvents } from './events.ts'
import { lead } from './lead.ts'
import type { NewsProvider } from './provider/newsdata.ts'
import { createRefresh } from './refresh.ts'
import { dayMs } from './schedule.ts'
import { now, story } from './stories.fixture.ts'
import { createTurns } from './turns.ts'
import type { Category, Headlines } from './values.ts'

const { signal } = new AbortController()
const categories = ['business', 'technology', 'politics'] as const
const everyMs = 480_000
const random = () => 0.5
const left = { burst: undefined, day: undefined }
const down = new ProviderError('newsdata', 'away', { code: 'network', retryable: true })

/** A service's parts in memory; `failing` names categories whose calls fail. */
const setUp = () => {
  const clock = manualClock(now)
  const cache = createMemoryCache({ clock })
  const calls: { readonly category: Category; readonly at: number }[] = []
  const published: Headlines[] = []
  const failing = new Set<Category>()
  const said: object[] = []
  let simulated = false
  const news: NewsProvider = {
    latest: async (category) => {
      calls.push({ category, at: clock.now() })
      if (failing.has(category)) throw down
      const id = `${category}-${calls.length}`
      const publishedAt = Math.round(clock.now())
      return { stories: [story(id, 0, { category, publishedAt })], refused: new Map(), left }
    },
  }
  const log = createLog({ name: 'test', level: 'silent' })
  const metrics = createMetrics()
  const events = createEvents(log, metrics, categories)

  /** One replica: what it remembers by itself is its own. */
  const replica = (own: { readonly simulated?: boolean } = {}) =>
    createRefresh({
      ...{ news, clock, events, categories, simulated: own.simulated ?? false },
      credits: createCredits(
        { everyMs, dailyCredits: 200, burstCredits: 30 },
        { cache, clock, random },
      ),
      turns: createTurns({ categories: [...categories], cache, clock }),
      publish: async (_, value) => {
        published.push(newsHeadlines.schema.parse(value))
        simulated = own.simulated ?? false
      },
      newest: async () => {
        const value = published.at(-1)
        if (!value) return undefined
        const at = { at: value.at, version: value.at, appendedAt: value.at }
        const record = { key: 'global', source: 'newsdata', id: '1', partition: 0, offset: 0 }
        return { ...record, ...at, value, simulated }
      },
    })

  /** Runs the schedule until `stop`. */
  const leading = (refresh = replica()) => {
    const stop = new AbortController()
    const leader: Leader = {
      signal: stop.signal,
      publish: async () => {},
      publishTombstone: async () => {},
      pipe: async () => {},
      poll: (_: unknown, period: number, work: (inner: AbortSignal) => Promise<unknown>) =>
        poll({
          ...{ everyMs: period, clock, random, signal: stop.signal, onError: () => {} },
          run: async (inner) => void (await work(inner)),
        }),
    }
    const sources = { report: (_: string, patch: object) => void said.push(patch) }
    const done = lead({ refresh, sources, clock, everyMs }, leader).catch(() => undefined)
    const end = async () => {
      stop.abort(new Error('over'))
      await clock.settle()
      await done
    }
    return { end }
  }
  return { clock, cache, calls, published, failing, said, replica, leading, metrics }
}

describe('the schedule', () => {
  it('begins with all categories and then asks for one at a time, evenly', async () => {
    const { clock, calls, leading } = setUp()
    const { end } = leading()
    await clock.advance(1_000)
    expect(calls.map(({ category }) => category)).toEqual([...categories])
    await clock.advance(5 * everyMs)
    await end()
    const later = calls.slice(3)
    expect(later.map(({ category }) => category)).toEqual(
      [0, 1, 2, 3, 4].map((i) => categories[i % 3]),
    )
    for (const [i, { at }] of later.entries()) {
      expect(Math.abs(at - now - (i + 1) * everyMs)).toBeLessThan(1_000)
    }
  })

  it('spends at most 200 credits a day and 30 in 15 minutes, with commands every 15 seconds', async () => {
    const { clock, calls, failing, replica, leading } = setUp()
    for (const category of categories) failing.add(category)
    const elsewhere = replica()
    const { end } = leading()
    const cancel = clock.every(15_000, () => void elsewhere.onCommand(signal).catch(() => {}))
    await clock.advance(2 * dayMs)
    cancel()
    await end()
    const within = (from: number, spanMs: number) =>
      calls.filter(({ at }) => at >= from && at < from + spanMs).length
    const most = (spanMs: number) => Math.max(...calls.map(({ at }) => within(at, spanMs)))
    expect(most(dayMs)).toBeLessThanOrEqual(200)
    expect(most(900_000)).toBeLessThanOrEqual(30)
    // Commands never use up what the schedule needs: it runs to the end of the second day.
    expect(within(now + dayMs, dayMs)).toBeGreaterThanOrEqual(179)
    for (let hour = 0; hour < 48; hour += 1) {
      expect(within(now + hour * 3_600_000, 3_600_000)).toBeGreaterThanOrEqual(6)
    }
  })

  it('takes all that it needs while the cache is away', async () => {
    const { clock, cache, calls, leading } = setUp()
    cache.setAway(true)
    const { end } = leading()
    await clock.advance(dayMs)
    await end()
    expect(calls.length).toBeGreaterThanOrEqual(179)
    expect(calls.length).toBeLessThanOrEqual(200)
  })

  it('costs no credit when the leader changes, and goes on with the category whose turn it is', async () => {
    const { clock, calls, said, replica, leading } = setUp()
    const first = leading()
    await clock.advance(everyMs + 1_000)
    await first.end()
    const before = calls.length
    for (let i = 0; i < 5; i += 1) {
      const next = leading(replica())
      await clock.advance(60_000)
      await next.end()
    }
    expect(calls.length).toBe(before)
    expect(said.at(-1)).toMatchObject({ state: 'ok', lastSuccessAt: expect.any(Number) })
    const last = leading(replica())
    await clock.advance(everyMs)
    await last.end()
    expect(calls.slice(before).map(({ category }) => category)).toEqual(['technology'])
  })
})

describe('a refresh', () => {
  it('keeps the stories of a category that fails, and asks for the others in their turn', async () => {
    const { clock, calls, published, failing, replica } = setUp()
    const refresh = replica()
    await refresh.fill(signal)
    failing.add('business')
    await clock.advance(60_000)
    await expect(refresh.turn(signal)).rejects.toBe(down)
    await clock.advance(60_000)
    await refresh.turn(signal)
    expect(calls.at(-1)?.category).toBe('technology')
    const found = new Set(published.at(-1)?.stories.map(({ category }) => category))
    expect(found).toEqual(new Set(categories))
  })

  it('publishes lists whose time grows, also when the clock is behind', async () => {
    const { clock, published, replica } = setUp()
    const refresh = replica()
    await refresh.turn(signal)
    clock.jump(-5_000)
    await refresh.turn(signal)
    expect(published[1]?.at).toBe((published[0]?.at ?? 0) + 1)
  })

  it('takes no simulated stories into a list that is real', async () => {
    const { published, replica } = setUp()
    await replica({ simulated: true }).fill(signal)
    await replica().turn(signal)
    expect(published.at(-1)?.stories).toHaveLength(1)
  })

  it('publishes nothing instead of an empty list', async () => {
    const { clock, published, replica } = setUp()
    clock.jump(-49 * 3_600_000)
    await replica().turn(signal)
    expect(published).toHaveLength(1)
    published.length = 0
    const empty: NewsProvider = {
      latest: async () => ({ stories: [], refused: new Map(), left }),
    }
    const refresh = createRefresh({
      ...{ news: empty, clock, categories, simulated: false },
      events: createEvents(
        createLog({ name: 'test', level: 'silent' }),
        createMetrics(),
        categories,
      ),
      credits: { scheduled: async () => {}, spare: async () => {} },
      turns: { next: async () => 'business', asked: async () => {} },
      publish: async (_, value) => void published.push(newsHeadlines.schema.parse(value)),
      newest: async () => undefined,
    })
    await refresh.turn(signal)
    expect(published).toEqual([])
  })
})

describe('a command', () => {
  it('brings the category whose turn it is', async () => {
    const { calls, published, replica } = setUp()
    await replica().onCommand(signal)
    expect([calls.length, published.length]).toEqual([1, 1])
  })

  it('is deferred when the provider fails, and when the spare credits are used up', async () => {
    const { calls, failing, replica } = setUp()
    for (const category of categories) failing.add(category)
    const refresh = replica()
    for (let i = 0; i < 25; i += 1) {
      await expect(refresh.onCommand(signal)).rejects.toBeInstanceOf(DeferredError)
    }
    expect(calls).toHaveLength(20)
    failing.clear()
    await refresh.turn(signal)
    expect(calls).toHaveLength(21)
  })
})
