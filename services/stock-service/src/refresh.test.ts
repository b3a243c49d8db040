import { createLog, createMetrics, ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createBook } from './book.ts'
import { createEvents } from './events.ts'
import type { MarketWord } from './market.ts'
import { createMarketWatch } from './market-watch.ts'
import { afternoon, quote } from './quotes.fixture.ts'
import { createRefresh } from './refresh.ts'
import type { MarketStatus } from './values.ts'

const { signal } = new AbortController()
const failure = (status: number) =>
  new ProviderError('finnhub', 'no', { code: `http_${status}`, retryable: status >= 500, status })

const setUp = (options: { status?: MarketStatus; heardAt?: number; quotes?: string[] } = {}) => {
  const clock = manualClock(afternoon)
  const events = createEvents(createLog({ name: 'test', level: 'silent' }), createMetrics())
  const calls = { count: 0, seen: Array.of<string>() }
  const provider: { answer: () => MarketWord } = {
    answer: () => ({ status: options.status ?? 'open', holiday: null, saidAt: clock.now() }),
  }
  const watch = createMarketWatch({
    ...{ clock, events },
    finnhub: {
      marketStatus: async () => {
        calls.count += 1
        return provider.answer()
      },
    },
    health: { seen: (outcome) => void calls.seen.push(outcome) },
  })
  const published: unknown[] = []
  const quotes = (options.quotes ?? ['A', 'B']).map((symbol) => quote(symbol))
  const refresh = createRefresh({
    ...{ watch, clock, events, names: new Map(), count: 10, simulated: false },
    publish: async (_, value) => void published.push(value),
    book: async () => createBook({ quotes, heardAt: options.heardAt ?? afternoon }),
    wanted: () => 2,
  })
  return { clock, watch, refresh, published, provider, calls }
}

describe('a refresh', () => {
  it('publishes the performers with what the market does', async () => {
    const { refresh, published } = setUp()
    expect(await refresh.now(signal)).toBe(true)
    expect(published).toMatchObject([
      { status: 'open', nextChangeAt: afternoon + 2 * 3_600_000, quotesAt: afternoon },
    ])
  })

  it('publishes with an unknown status when the provider does not tell it', async () => {
    const { refresh, published, provider, calls } = setUp()
    provider.answer = () => {
      throw failure(500)
    }
    expect(await refresh.now(signal)).toBe(true)
    expect(published).toMatchObject([{ status: 'unknown', nextChangeAt: null }])
    expect(calls.seen).toEqual(['failed'])
  })

  it('publishes nothing, and defers a command, while there are too few quotes', async () => {
    const { refresh, published } = setUp({ quotes: [] })
    expect(await refresh.now(signal)).toBe(false)
    await expect(refresh.onCommand(signal)).rejects.toMatchObject({ code: 'deferred' })
    expect(published).toEqual([])
  })

  it('does not publish outdated prices again while the market trades', async () => {
    const heardAt = afternoon - 5 * 60_000
    const { refresh, published } = setUp({ heardAt })
    expect(await refresh.now(signal)).toBe(false)
    expect(published).toEqual([])
    expect(await setUp({ heardAt, status: 'holiday' }).refresh.now(signal)).toBe(true)
  })

  it('is one for all commands that come at once', async () => {
    const { refresh, published } = setUp()
    await Promise.all([refresh.onCommand(signal), refresh.onCommand(signal)])
    expect(published).toHaveLength(1)
  })
})

describe('the market watch', () => {
  it('asks again only when what it knows is half a minute old', async () => {
    const { watch, clock, calls } = setUp()
    await watch.ask(signal)
    await watch.ask(signal)
    expect(calls.count).toBe(1)
    await clock.advance(30_000)
    await watch.ask(signal)
    expect(calls.count).toBe(2)
  })

  it('asks at once when the session has opened or closed since', async () => {
    const { watch, clock, provider, calls } = setUp()
    await clock.advance(2 * 3_600_000 - 5_000)
    await watch.ask(signal)
    await clock.advance(6_000)
    expect(watch.now().status).toBe('unknown')
    provider.answer = () => ({ status: 'post', holiday: null, saidAt: clock.now() })
    await watch.ask(signal)
    expect(calls.count).toBe(2)
    expect(watch.now().status).toBe('post')
  })

  it('keeps what was said when a call fails, until it holds no more', async () => {
    const { watch, clock, provider } = setUp()
    await watch.ask(signal)
    provider.answer = () => {
      throw failure(503)
    }
    await clock.advance(600_000)
    await watch.ask(signal)
    expect(watch.now().status).toBe('open')
    await clock.advance(600_000)
    expect(watch.now().status).toBe('unknown')
  })

  it('leaves the status alone for a day when the key may not ask for it', async () => {
    const { watch, clock, provider, calls } = setUp()
    provider.answer = () => {
      throw failure(403)
    }
    await watch.ask(signal)
    await clock.advance(80_000_000)
    await watch.ask(signal)
    expect(calls.count).toBe(1)
    await clock.advance(8_000_000)
    await watch.ask(signal)
    expect(calls.count).toBe(2)
  })
})
