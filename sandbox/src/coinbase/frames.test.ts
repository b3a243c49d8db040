import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it } from 'vitest'
import { coinOf } from '../coingecko/coins.ts'
import type { Instrument } from '../market/instrument.ts'
import { createMarket } from '../market/market.ts'
import { heartbeatFrame, matchFrame, restTrade, tickerFrame } from './frames.ts'

const market = createMarket({ seed: 1, startAt: Date.UTC(2026, 0, 1), rate: 20 })
const [bitcoin] = market.instruments.values()
const of = <T>(make: (instrument: Instrument) => T): T => {
  if (!bitcoin) throw new Error('the market has no product')
  return make(bitcoin)
}
const last = of((instrument) => ({ trade: instrument.last(), seed: 1 }))
const ticker = JSON.parse(of(tickerFrame))

describe('frames', () => {
  it('write prices and sizes as decimals, ids as whole numbers, times in microseconds', () => {
    for (const key of ['price', 'open_24h', 'low_24h', 'high_24h', 'last_size']) {
      expect(ticker[key]).toMatch(/^\d+(\.\d*[1-9])?$/)
    }
    for (const key of ['volume_24h', 'volume_30d', 'best_bid_size', 'best_ask_size']) {
      expect(ticker[key]).toMatch(/^\d+\.\d{8}$/)
    }
    expect(ticker.best_bid).toMatch(/^\d+\.\d{2}$/)
    expect(ticker.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(ticker.sequence).toBeGreaterThan(2 ** 32)
    expect(Number.isSafeInteger(ticker.sequence)).toBe(true)
    expect(Object.keys(ticker)).toHaveLength(17)
  })

  it('name the taker in a ticker and the maker in a match and over REST', () => {
    const match = JSON.parse(of((instrument) => matchFrame('match', instrument, last)))
    const rest = of((instrument) => restTrade(instrument, last.trade))
    expect(ticker.side).toBe(last.trade.taker)
    expect(match.side).not.toBe(last.trade.taker)
    expect(rest.side).toBe(match.side)
    expect(match.maker_order_id).not.toBe(match.taker_order_id)
  })
})

// biome-ignore lint/style/noProcessEnv: the folder of recordings is given to the test run by name
const folder = env['FLUX_PROVIDER_DATA'] ?? ''
describe.skipIf(folder === '' || !existsSync(folder))('against recordings', () => {
  const lines = (file: string) =>
    readFileSync(join(folder, 'coinbase', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const keys = (value: object | undefined) => Object.keys(value ?? {})
  const recorded = (file: string, type: string) => lines(file).find((frame) => frame.type === type)

  it('have the fields of the exchange, in its order', () => {
    const stream = 'ticker-heartbeat-2026-07.jsonl'
    expect(keys(ticker)).toEqual(keys(recorded(stream, 'ticker')))
    const beat = JSON.parse(of((instrument) => heartbeatFrame(instrument, market.time())))
    expect(keys(beat)).toEqual(keys(recorded(stream, 'heartbeat')))
    const match = JSON.parse(of((instrument) => matchFrame('match', instrument, last)))
    expect(keys(match)).toEqual(keys(recorded('control-frames.jsonl', 'match')))
  })

  it('have the fields of a CoinGecko coin', () => {
    const file = join(folder, 'coingecko', 'markets-10-usd-2024-02-09.json')
    const [first] = JSON.parse(readFileSync(file, 'utf8'))
    const coin = of((i) => coinOf(i, { factor: 1, seed: 1, spans: ['1h', '24h', '7d'] }))
    expect(keys(coin).toSorted()).toEqual(keys(first).toSorted())
  })
})

describe('tickers', () => {
  it('step by one trade id, also where one order makes several matches', () => {
    const busy = createMarket({ seed: 2, startAt: Date.UTC(2026, 0, 1), rate: 200 })
    const ids = new Map<Instrument, number>()
    busy.listen({
      onMatch: (instrument, trade) => {
        const { trade_id } = JSON.parse(tickerFrame(instrument, trade))
        const before = ids.get(instrument)
        if (before !== undefined) expect(trade_id).toBe(before + 1)
        ids.set(instrument, trade_id)
      },
      onSecond: () => {},
    })
    busy.runUntil(busy.time() + 10_000_000)
    expect(ids.size).toBeGreaterThan(10)
  })
})
