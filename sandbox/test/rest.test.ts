import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/index.ts'
import { connect, request, startManual, subscribe, until } from './support.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startManual()
})
afterAll(() => sandbox.close())

const get = (path: string) => request(sandbox, path)
const trades = async (query: string) =>
  (await get(`/coinbase/products/BTC-USD/trades${query}`)).json()
const ids = (list: { trade_id: number }[]) => list.map(({ trade_id }) => trade_id)

describe('the exchange over REST', () => {
  it('lists 60 products that trade, and some that no longer do', async () => {
    const list = (await get('/coinbase/products')).json()
    const online = list.filter((p: { status: string }) => p.status === 'online')
    expect(online).toHaveLength(60)
    expect(online[0]).toMatchObject({
      id: 'BTC-USD',
      quote_currency: 'USD',
      trading_disabled: false,
    })
    expect(list.length).toBeGreaterThan(60)
  })

  it('tells the same trades as the stream', async () => {
    const client = await connect(sandbox)
    const products = ['BTC-USD']
    await subscribe(client, { products, channels: ['matches', 'ticker'], expect: 3 })
    sandbox.control.step({ ms: 20_000 })
    sandbox.control.step({ matches: 25, product: 'BTC-USD' })
    const newest = sandbox.market.instruments.get('BTC-USD')?.last().id ?? 0
    await until(() => client.frames.at(-1)?.includes(`"trade_id":${newest},`) ?? false)
    const streamed = client
      .parsed()
      .filter((frame) => frame.type === 'match')
      .slice(-25)
    const listed = (await trades('?limit=25')).reverse()
    for (const [i, trade] of listed.entries()) {
      const { trade_id, time, side, price, size } = streamed[i]
      expect(trade).toMatchObject({ trade_id, time, side, size })
      expect(Number(trade.price)).toBe(Number(price))
    }
    client.ws.terminate()
  })

  it('pages from the newest to the oldest with cursors', async () => {
    const first = await get('/coinbase/products/BTC-USD/trades?limit=5')
    const list = ids(first.json())
    const [newest = 0] = list
    expect(list).toEqual([0, 1, 2, 3, 4].map((i) => newest - i))
    expect(first.headers.get('cb-before')).toBe(String(newest))
    const after = first.headers.get('cb-after')
    expect(after).toBe(String(newest - 4))
    expect(ids(await trades(`?limit=2&after=${after}`))).toEqual([newest - 5, newest - 6])
    expect(ids(await trades(`?before=${newest - 2}`))).toEqual([newest, newest - 1])
    expect(await trades(`?before=${newest}`)).toEqual([])
    expect(ids(await trades(`?after=${newest}&before=${newest - 3}`))).toEqual([
      newest - 1,
      newest - 2,
    ])
    expect((await trades('')).length).toBeLessThanOrEqual(1_000)
  })

  it('refuses what the exchange refuses', async () => {
    expect((await get('/coinbase/products/NO-SUCH/trades')).status).toBe(404)
    expect((await get('/coinbase/products/BTC-USD/trades?limit=x')).status).toBe(400)
    expect((await get('/coinbase/products/BTC-USD/trades?limit=1001')).status).toBe(400)
    const odd = await get('/coinbase/products/BTC-USD/candles?granularity=61')
    expect([odd.status, odd.json()]).toEqual([400, { message: 'Unsupported granularity' }])
    const long = '/coinbase/products/BTC-USD/candles?granularity=60&start=2026-01-01&end=2026-01-02'
    expect((await get(long)).status).toBe(400)
  })

  it('gives the newest trade as ticker, and candles newest first', async () => {
    const ticker = (await get('/coinbase/products/BTC-USD/ticker')).json()
    const [last] = await trades('?limit=1')
    expect(ticker).toMatchObject({ trade_id: last.trade_id, time: last.time })
    const candles = (await get('/coinbase/products/BTC-USD/candles?granularity=300')).json()
    expect(candles.length).toBeGreaterThan(280)
    for (const [i, [time, low, high, open, close]] of candles.entries()) {
      expect(low).toBeLessThanOrEqual(Math.min(open, close))
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close))
      expect(time % 300).toBe(0)
      if (i > 0) expect(time).toBeLessThan(candles[i - 1][0])
    }
    expect(candles[0][4]).toBe(Number(ticker.price))
  })
})

const markets = '/coingecko/api/v3/coins/markets'

describe('CoinGecko', () => {
  it('wants a currency that it knows', async () => {
    const missing = await get(markets)
    expect([missing.status, missing.json()]).toEqual([
      422,
      { error: 'Missing parameter vs_currency' },
    ])
    expect((await get(`${markets}?vs_currency=shells`)).status).toBe(400)
    expect((await get('/coingecko/api/v3/nothing')).status).toBe(404)
  })

  it('ranks by market cap and pages', async () => {
    const all = (await get(`${markets}?vs_currency=usd&per_page=1000`)).json()
    expect(all[0]).toMatchObject({ id: 'bitcoin', symbol: 'btc', market_cap_rank: 1 })
    const caps = all.flatMap((c: { market_cap: number | null }) => c.market_cap ?? [])
    expect(caps).toEqual(caps.toSorted((a: number, b: number) => b - a))
    const page = (await get(`${markets}?vs_currency=usd&per_page=10&page=2`)).json()
    expect(page).toEqual(all.slice(10, 20))
    expect((await get(`${markets}?vs_currency=usd&page=50`)).json()).toEqual([])
    const [least] = (await get(`${markets}?vs_currency=usd&order=id_desc`)).json()
    expect(least.id).toBe('zora')
  })

  it('shows changes over a span only when asked', async () => {
    const [plain] = (await get(`${markets}?vs_currency=usd`)).json()
    expect(Object.keys(plain).filter((key) => key.endsWith('_in_currency'))).toEqual([])
    const path = `${markets}?vs_currency=usd&price_change_percentage=1h,24h,7d,never`
    const [asked] = (await get(path)).json()
    for (const span of ['1h', '24h', '7d']) {
      expect(asked[`price_change_percentage_${span}_in_currency`]).toBeTypeOf('number')
    }
    expect(Object.keys(asked)).toHaveLength(Object.keys(plain).length + 3)
  })

  it('mixes whole numbers, fractions and nulls, and uses a symbol twice', async () => {
    const all = (await get(`${markets}?vs_currency=usd&per_page=250`)).json()
    const prices = all.map((coin: { current_price: number | null }) => coin.current_price)
    expect(prices.some((price: number | null) => Number.isInteger(price))).toBe(true)
    expect(prices.some((p: number | null) => p !== null && !Number.isInteger(p))).toBe(true)
    expect(prices).toContain(null)
    expect(all.filter((c: { symbol: string }) => c.symbol === 'btc')).toHaveLength(2)
    const fresh = all.find((c: { id: string }) => c.id === 'zora')
    expect(fresh.price_change_percentage_24h).toBeNull()
  })

  it('agrees with the exchange on the price', async () => {
    const [eth] = (await get(`${markets}?vs_currency=usd&ids=ethereum`)).json()
    const ticker = (await get('/coinbase/products/ETH-USD/ticker')).json()
    expect(eth.current_price).toBe(Number(ticker.price))
  })
})
