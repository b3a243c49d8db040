import { stockPerformers, stockQuotes, stockUniverse } from '@flux/contracts'
import { startSandbox } from '@flux/sandbox'
import { describe, expect, it, onTestFinished } from 'vitest'
import { key } from './finnhub.ts'
import { openWorld, until } from './world.ts'

const setUp = async (env: Readonly<Record<string, string>> = {}) => {
  const sandbox = await startSandbox({ stockMarket: 'open' })
  onTestFinished(sandbox.close)
  const world = await openWorld({
    FINNHUB_URL: `${sandbox.url}/finnhub/api/v1`,
    FINNHUB_WS_URL: `${sandbox.url.replace('http', 'ws')}/finnhub/ws`,
    FINNHUB_API_KEY: key,
    SIMULATED: 'true',
    ...env,
  })
  return { ...world, sandbox }
}

describe("on the providers' stand-in", () => {
  it('all 50 stocks get a quote, and the performers of an open market are published', async () => {
    const world = await setUp()
    const replica = await world.start('a')
    await until(async () => expect(await world.values(stockPerformers)).toHaveLength(1))
    const symbols = new Set((await world.values(stockQuotes)).map(({ symbol }) => symbol))
    expect(symbols).toEqual(new Set(stockUniverse.map(({ symbol }) => symbol)))
    const [performers] = await world.values(stockPerformers)
    expect(performers?.status).toBe('open')
    expect((performers?.gainers.length ?? 0) + (performers?.losers.length ?? 0)).toBeGreaterThan(5)
    expect(await world.source()).toMatchObject({ state: 'ok', simulated: true })
    expect(await replica.metric('flux_stock_quotes_total', { outcome: 'fetched' })).toBe(50)
  })

  it('trades move prices, and damaged frames are counted', async () => {
    const world = await setUp({ STOCK_STREAM: 'true', STOCK_SYMBOLS: 'AAPL,NVDA,TSLA' })
    const replica = await world.start('a')
    await until(async () => {
      expect(await replica.metric('flux_stock_trades_total', { outcome: 'taken' })).toBeGreaterThan(
        5,
      )
      expect((await world.values(stockQuotes)).length).toBeGreaterThan(6)
    })
    expect(await world.source('finnhub-stream')).toMatchObject({ state: 'ok' })
    world.sandbox.control.addFault({
      ...{ kind: 'garbage', provider: 'finnhub', damage: 'malformed', count: 1 },
    })
    await until(async () => {
      expect(await replica.metric('flux_stock_frames_total', { kind: 'malformed' })).toBe(1)
    })
  })

  it.each([
    ['a limit', { kind: 'status', status: 429, retryAfterS: 30 }, 'the limit of calls is reached'],
    ['a refused key', { kind: 'status', status: 401 }, 'Finnhub refuses the key'],
    ['a broken answer', { kind: 'malformed' }, /the body is not JSON/],
    ['a page instead of data', { kind: 'html' }, /the body is not JSON/],
    ['an answer of nulls', { kind: 'nulls' }, /unexpected shape/],
    ['an answer that is cut off', { kind: 'cut' }, /finnhub: /],
  ] as const)('%s is told in the state of the source', async (_, fault, reason) => {
    const world = await setUp({ STOCK_SYMBOLS: 'AAPL,MSFT' })
    world.sandbox.control.addFault({ ...fault, provider: 'finnhub', path: '/api/v1/quote' })
    await world.start('a')
    await until(async () => {
      const source = await world.source()
      expect(['degraded', 'down']).toContain(source?.state)
      expect(source?.reason).toMatch(reason)
    })
    expect(await world.values(stockQuotes)).toEqual([])
    expect(await world.values(stockPerformers)).toEqual([])
  })

  it('a wrong key is told, and nothing is published', async () => {
    const world = await setUp({ FINNHUB_API_KEY: `wrong-${key}` })
    await world.start('a')
    await until(async () => {
      expect(await world.source()).toMatchObject({
        state: 'down',
        reason: 'Finnhub refuses the key',
      })
    })
    expect(await world.values(stockQuotes)).toEqual([])
  })
})
