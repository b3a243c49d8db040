import { decodeMeta, platformSources, stockPerformers, stockQuotes } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { key, startFinnhub } from './finnhub.ts'
import { openWorld, until } from './world.ts'

const setUp = async (env: Readonly<Record<string, string>> = {}) => {
  const finnhub = await startFinnhub()
  for (const [index, symbol] of ['AAPL', 'MSFT', 'BRK.B', 'V'].entries())
    finnhub.prices.set(symbol, 100 + index)
  const world = await openWorld({
    FINNHUB_URL: finnhub.url,
    FINNHUB_WS_URL: finnhub.wsUrl,
    FINNHUB_API_KEY: key,
    FINNHUB_RATE: '300',
    STOCK_SYMBOLS: 'AAPL,MSFT,BRK.B,V',
    ...env,
  })
  return { ...world, finnhub }
}

const symbolsOf = (quotes: readonly { symbol: string }[]) =>
  new Set(quotes.map(({ symbol }) => symbol))

describe('the service', () => {
  it('publishes quotes as they arrive and the performers once all have', async () => {
    const world = await setUp()
    const replica = await world.start('a')
    await until(async () => expect(await world.values(stockPerformers)).toHaveLength(1))
    const [performers] = await world.values(stockPerformers)
    expect(performers).toMatchObject({ market: 'US', status: 'open', holiday: null, losers: [] })
    expect(performers?.gainers.map(({ name }) => name).toSorted()).toEqual([
      'Apple',
      'Berkshire Hathaway',
      'Microsoft',
      'Visa',
    ])
    expect(symbolsOf(await world.values(stockQuotes)).size).toBe(4)
    const [record] = await world.records(stockQuotes)
    const [quote] = await world.values(stockQuotes)
    expect(decodeMeta(record?.headers ?? {})).toMatchObject({
      source: 'finnhub',
      simulated: false,
      version: quote?.at,
    })
    await until(async () => {
      expect(await world.source()).toMatchObject({ state: 'ok', leader: true, reason: null })
    })
    expect(await replica.metric('flux_stock_symbols')).toBe(4)
  })

  it('goes round again, and marks what is simulated', async () => {
    const world = await setUp({ SIMULATED: 'true' })
    await world.start('a')
    await until(async () => expect((await world.values(stockQuotes)).length).toBeGreaterThan(8))
    const asked = world.finnhub.asked.filter((what) => what !== 'market')
    expect(asked.slice(0, 4)).toEqual(asked.slice(4, 8))
    for (const { headers } of await world.records(stockQuotes))
      expect(decodeMeta(headers)?.simulated).toBe(true)
  })

  it('never publishes a symbol that the provider does not know, and asks for it once', async () => {
    const world = await setUp({ STOCK_SYMBOLS: 'AAPL,NOPE,MSFT' })
    const replica = await world.start('a')
    await until(async () => expect((await world.values(stockQuotes)).length).toBeGreaterThan(5))
    expect(symbolsOf(await world.values(stockQuotes))).toEqual(new Set(['AAPL', 'MSFT']))
    expect(world.finnhub.asked.filter((symbol) => symbol === 'NOPE')).toHaveLength(1)
    expect(await replica.metric('flux_stock_quotes_total', { outcome: 'unknown' })).toBe(1)
    expect(await replica.metric('flux_stock_symbols')).toBe(2)
  })
})

describe('without a key', () => {
  it('the service starts, says so once, is ready and publishes nothing but its state', async () => {
    const world = await setUp({ FINNHUB_API_KEY: '' })
    const replica = await world.start('a')
    await world.command()
    await until(async () => {
      expect(await world.source()).toMatchObject({
        state: 'unconfigured',
        enabledBy: 'FINNHUB_API_KEY',
        reason: 'FINNHUB_API_KEY is not set',
        leader: true,
      })
      expect(await replica.metric('flux_commands_total', { outcome: 'deferred' })).toBe(1)
    })
    expect(await replica.readiness()).toBe(200)
    expect(world.finnhub.asked).toEqual([])
    expect(await world.values(stockQuotes)).toEqual([])
    expect(await world.values(stockPerformers)).toEqual([])
    const said = replica.logged().filter(({ msg }) => String(msg).includes('FINNHUB_API_KEY'))
    expect(said).toHaveLength(1)
    expect((await world.values(platformSources)).every((s) => s.provider === 'finnhub')).toBe(true)
  })
})

describe('the trade stream', () => {
  it('moves the price of a quote at most once a second', async () => {
    const world = await setUp({ STOCK_STREAM: 'true', STOCK_SYMBOLS: 'AAPL,MSFT' })
    const { finnhub } = world
    const replica = await world.start('a')
    await until(async () => {
      expect(symbolsOf(await world.values(stockQuotes)).size).toBe(2)
      expect(finnhub.subscribed).toEqual(['AAPL', 'MSFT'])
    })
    // From here on only trades move prices.
    finnhub.state.quote = { status: 500, body: {} }
    const trade = (p: number) => ({ s: 'AAPL', p, t: Date.now(), v: 1, c: null })
    finnhub.send('{')
    finnhub.send({ type: 'ping' })
    for (let i = 0; i < 50; i += 1)
      finnhub.send({
        type: 'trade',
        data: [trade(150 + i), { ...trade(1), s: 'ELSE' }, { s: 'AAPL' }],
      })
    await until(async () => {
      const last = (await world.values(stockQuotes)).findLast(({ symbol }) => symbol === 'AAPL')
      expect(last).toMatchObject({ price: 199, previousClose: 99, change: 100, high: 199 })
    })
    const times = (await world.records(stockQuotes))
      .filter((record) => record.key === 'AAPL')
      .map(({ timestamp }) => timestamp)
    for (const [i, at] of times.entries()) {
      // The log's clock is read a little later than the sender's.
      if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThan(900)
    }
    expect(await replica.metric('flux_stock_trades_total', { outcome: 'taken' })).toBe(50)
    expect(await replica.metric('flux_stock_trades_total', { outcome: 'ignored' })).toBe(50)
    expect(await replica.metric('flux_stock_trades_total', { outcome: 'malformed' })).toBe(50)
    expect(await replica.metric('flux_stock_frames_total', { kind: 'malformed' })).toBe(1)
    expect(await world.source('finnhub-stream')).toMatchObject({ state: 'ok' })
  })
})
