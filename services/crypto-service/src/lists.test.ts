import { createLog, createMetrics, ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { coin } from './coins.fixture.ts'
import { createEvents } from './events.ts'
import { createLists, type ListsOptions } from './lists.ts'
import { createRefresh } from './refresh.ts'

const { signal } = new AbortController()
const events = () => createEvents(createLog({ name: 'test', level: 'silent' }), createMetrics())
const down = new ProviderError('coinbase', 'away', { code: 'network', retryable: true })

const bitcoin = coin('bitcoin', { symbol: 'BTC', change1hPercent: 1, change24hPercent: -1 })

const setUp = (patch: Partial<ListsOptions> = {}) => {
  const clock = manualClock()
  const fetch = createLists({
    coinGecko: { markets: async () => ({ coins: [bitcoin], refused: 0 }) },
    coinbase: { products: async () => new Set(['BTC-USD']) },
    budget: { take: async () => true },
    clock,
    events: events(),
    assumed: [],
    minMarketCapUsd: 0,
    moversCount: 10,
    topCoins: 10,
    ...patch,
  })
  return { fetch, clock }
}

describe('the lists', () => {
  it('come from one call', async () => {
    const lists = await setUp().fetch(signal)
    expect(lists.movers?.gainers1h.map(({ id }) => id)).toEqual(['bitcoin'])
    expect(lists.topcoins?.coins[0]).toMatchObject({ id: 'bitcoin', product: 'BTC-USD' })
    expect(lists.ranked).toEqual(['BTC-USD'])
  })

  it('are not made without a call being free', async () => {
    const { fetch } = setUp({ budget: { take: async () => false } })
    await expect(fetch(signal)).rejects.toMatchObject({ code: 'deferred' })
  })

  it('have no movers when a whole window is unknown', async () => {
    const half = coin('bitcoin', { change1hPercent: null })
    const { fetch } = setUp({
      coinGecko: { markets: async () => ({ coins: [half], refused: 0 }) },
    })
    expect((await fetch(signal)).movers).toBeUndefined()
  })

  it('take the configured products to exist until the exchange has said', async () => {
    const { fetch } = setUp({
      coinbase: { products: () => Promise.reject(down) },
      assumed: ['BTC-USD'],
    })
    expect(await fetch(signal)).toMatchObject({ ranked: ['BTC-USD'], existing: undefined })
  })

  it('ask for the products once an hour, and keep the last ones when that fails', async () => {
    let calls = 0
    const { fetch, clock } = setUp({
      coinbase: {
        products: async () => {
          calls += 1
          if (calls > 1) throw down
          return new Set(['BTC-USD'])
        },
      },
    })
    await fetch(signal)
    await fetch(signal)
    expect(calls).toBe(1)
    await clock.advance(3_600_000)
    expect((await fetch(signal)).existing).toEqual(new Set(['BTC-USD']))
    expect(calls).toBe(2)
  })
})

describe('a refresh', () => {
  const refreshOf = (fetch: ReturnType<typeof setUp>['fetch']) => {
    const published: string[] = []
    const refresh = createRefresh({
      publish: async (channel) => void published.push(channel.name),
      fetch,
      events: events(),
      simulated: false,
    })
    return { refresh, published }
  }

  it('publishes both lists', async () => {
    const { refresh, published } = refreshOf(setUp().fetch)
    await refresh.now(signal)
    expect(published).toEqual(['crypto.movers', 'crypto.topcoins'])
  })

  it('publishes nothing when the provider fails, and defers the command', async () => {
    const { refresh, published } = refreshOf(() => Promise.reject(down))
    await expect(refresh.now(signal)).rejects.toBe(down)
    await expect(refresh.onCommand(signal)).rejects.toMatchObject({ code: 'deferred' })
    expect(published).toEqual([])
  })

  it('is one call for all commands that come at once', async () => {
    let calls = 0
    const { fetch } = setUp()
    const { refresh } = refreshOf((inner) => {
      calls += 1
      return fetch(inner)
    })
    await Promise.all([refresh.onCommand(signal), refresh.onCommand(signal)])
    expect(calls).toBe(1)
  })
})
