import { describe, expect, it } from 'vitest'
import type { PanelState } from '../../panels/state.ts'
import type { Feed, FooterFacts } from '../../panels/use-feed.ts'
import { coinNames, isProduct, mergedFeed, shortName, sourcesOf } from './model.ts'

it('tells products from shares', () => {
  expect(isProduct('BTC-USD')).toBe(true)
  for (const symbol of ['AAPL', 'BRK.B', 'BF-B', 'T']) expect(isProduct(symbol)).toBe(false)
  expect(shortName('BTC-USD')).toBe('BTC')
  expect(shortName('BRK.B')).toBe('BRK.B')
})

it('names the sources of what is listed', () => {
  expect(sourcesOf(['BTC-USD', 'AAPL', 'ETH-USD'])).toBe('Coinbase, Finnhub')
  expect(sourcesOf([])).toBe('')
})

it('names coins by their product, where they have one', () => {
  const none = { symbol: '', imageUrl: null, priceUsd: 1, marketCapUsd: null, volume24hUsd: null }
  const facts = { ...none, change1hPercent: null, change24hPercent: null, change7dPercent: null }
  const coins = [
    { ...facts, id: 'bitcoin', name: 'Bitcoin', rank: 1, product: 'BTC-USD' },
    { ...facts, id: 'tether', name: 'Tether', rank: 2, product: null },
  ]
  expect([...coinNames({ at: 1, coins })]).toEqual([['BTC-USD', 'Bitcoin']])
  expect(coinNames(undefined).size).toBe(0)
})

describe('mergedFeed', () => {
  const retry = () => undefined
  const feed = (
    kind: 'live' | 'stale' | 'loading' | 'empty',
    facts: Partial<FooterFacts>,
  ): Feed => {
    const state: PanelState = { kind }
    const none = { trouble: undefined, asOf: 0, age: '', stale: false, simulated: false }
    return { state, footer: { sources: 'A', ...none, ...facts }, retry }
  }

  it('shows what one has while the other has nothing', () => {
    const merged = mergedFeed(feed('loading', {}), feed('live', { sources: 'B', asOf: 5 }))
    expect(merged.state.kind).toBe('live')
    expect(merged.footer).toMatchObject({ sources: 'A, B', asOf: 5 })
  })

  it('is in the state of the first while none has anything', () => {
    expect(mergedFeed(feed('empty', {}), feed('loading', {})).state.kind).toBe('empty')
  })

  it('is stale only when all that it shows is', () => {
    const old = feed('stale', { stale: true, asOf: 1, age: '4 min' })
    expect(mergedFeed(old, feed('live', { asOf: 9 })).footer).toMatchObject({
      stale: false,
      asOf: 9,
      age: '',
    })
    expect(mergedFeed(old, feed('empty', {})).footer.stale).toBe(true)
  })

  it('names each source once, and is simulated as soon as one is', () => {
    const merged = mergedFeed(
      feed('live', { sources: 'A, B' }),
      feed('live', { sources: 'B', simulated: true, trouble: 'B is down.' }),
    )
    expect(merged.footer).toMatchObject({
      sources: 'A, B',
      simulated: true,
      trouble: 'B is down.',
    })
  })
})
