import { deadLetterTopic, stockPerformers, stockQuotes } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { key, startFinnhub } from './finnhub.ts'
import { openWorld, until } from './world.ts'

const setUp = async (env: Readonly<Record<string, string>> = {}) => {
  const finnhub = await startFinnhub()
  for (const symbol of ['AAPL', 'MSFT']) finnhub.prices.set(symbol, 100)
  const world = await openWorld({
    FINNHUB_URL: finnhub.url,
    FINNHUB_API_KEY: key,
    FINNHUB_RATE: '600',
    STOCK_SYMBOLS: 'AAPL,MSFT',
    ...env,
  })
  return { ...world, finnhub }
}

describe('when the provider', () => {
  it('refuses the key, all calls stop and the source is down', async () => {
    const world = await setUp({ FINNHUB_API_KEY: `${key}-wrong` })
    const replica = await world.start('a')
    await until(async () => {
      expect(await world.source()).toMatchObject({
        state: 'down',
        reason: 'Finnhub refuses the key',
      })
    })
    const failed = await replica.metric('flux_provider_requests_total', { outcome: 'failed' })
    await world.command()
    await until(async () => {
      expect(await replica.metric('flux_commands_total', { outcome: 'deferred' })).toBe(1)
    })
    expect(await replica.metric('flux_provider_requests_total', { outcome: 'failed' })).toBe(failed)
    expect(await world.values(stockQuotes)).toEqual([])
    expect(await replica.readiness()).toBe(200)
  })

  it.each([
    ['says that the limit is reached', { status: 429, body: { error: 'API limit reached.' } }],
    ['fails', { status: 502, body: {} }],
    ['answers something else', { status: 200, body: { error: 'no quote' } }],
    ['answers with strings', { status: 200, body: { c: '1', t: '2' } }],
  ])('%s, the last quotes stay and nothing else is published', async (_, answer) => {
    const world = await setUp()
    const replica = await world.start('a')
    await until(async () => expect(await world.values(stockPerformers)).toHaveLength(1))
    world.finnhub.state.quote = answer
    await until(async () => {
      expect((await world.source())?.state).not.toBe('ok')
      expect(
        await replica.metric('flux_stock_quotes_total', { outcome: 'failed' }),
      ).toBeGreaterThan(0)
    })
    for (const { price } of await world.values(stockQuotes)) expect(price).toBe(100)
    expect(await world.values(stockPerformers)).toHaveLength(1)
  })

  it('does not give the market status to this key, the performers come without it', async () => {
    const world = await setUp({ STOCK_PERFORMERS_EVERY_SECONDS: '5' })
    world.finnhub.state.market = { status: 403, body: { error: "You don't have access" } }
    const replica = await world.start('a')
    await until(async () => expect((await world.values(stockPerformers)).length).toBeGreaterThan(1))
    expect(await world.values(stockPerformers)).toMatchObject([
      { status: 'unknown', nextChangeAt: null },
      { status: 'unknown', nextChangeAt: null },
    ])
    expect(world.finnhub.asked.filter((what) => what === 'market')).toHaveLength(1)
    expect(await replica.metric('flux_stock_market_status_total', { outcome: 'failed' })).toBe(1)
    expect(await world.source()).toMatchObject({ state: 'ok' })
  })

  it('has no price for a symbol, that is counted and the others are published', async () => {
    const world = await setUp()
    world.finnhub.prices.set('MSFT', 0)
    const replica = await world.start('a')
    await until(async () => {
      expect(
        await replica.metric('flux_stock_quotes_total', { outcome: 'no_price' }),
      ).toBeGreaterThan(0)
      expect(await world.values(stockQuotes)).not.toEqual([])
    })
    expect((await world.values(stockQuotes)).every(({ symbol }) => symbol === 'AAPL')).toBe(true)
    expect(await world.records({ ...stockQuotes, topic: deadLetterTopic })).toEqual([])
  })
})
