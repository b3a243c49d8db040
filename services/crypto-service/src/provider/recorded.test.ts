import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cryptoMovers, cryptoTicker, cryptoTopcoins, cryptoTrades } from '@flux/contracts'
import { nodeHost } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { moversOf } from '../movers.ts'
import { tickerOf } from '../tickers.ts'
import { rankCoins, topcoinsOf } from '../topcoins.ts'
import { type Frame, parseFrame } from './coinbase-frames.ts'
import { readMarkets } from './coingecko.ts'

const folder = nodeHost().env['FLUX_PROVIDER_DATA'] ?? ''
const absent = folder === '' || !existsSync(folder)

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
const frames = (file: string) => read(file).trim().split('\n').map(parseFrame)
const body = (file: string): unknown => JSON.parse(read(file))

const countKinds = (list: readonly Frame[]) => {
  const counts: Record<string, number> = {}
  for (const { kind } of list) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

// The replies are not ours to copy: without them this one line says so, and the fixtures of the other tests stand in.
it.skipIf(absent)('finds the recorded replies: only where FLUX_PROVIDER_DATA names them', () => {
  expect(existsSync(join(folder, 'coinbase'))).toBe(true)
})

const recorded = () => {
  describe('recorded frames of the exchange', () => {
    it('are all read, and give tickers that fit the contract', () => {
      const list = frames('coinbase/ticker-heartbeat-2026-07.jsonl')
      expect(countKinds(list)).toEqual({ ticker: 424, heartbeat: 75, subscriptions: 1 })
      for (const frame of list) {
        if (frame.kind !== 'ticker') continue
        expect(cryptoTicker.schema.safeParse(tickerOf(frame.ticker)).success).toBe(true)
      }
    })

    it('have heartbeats that name the newest ticker of their product, one trade per ticker', () => {
      const newest = new Map<string, number>()
      for (const frame of frames('coinbase/ticker-heartbeat-2026-07.jsonl')) {
        if (frame.kind === 'ticker') {
          const { product_id, trade_id } = frame.ticker
          expect(trade_id - (newest.get(product_id) ?? trade_id - 1)).toBe(1)
          newest.set(product_id, trade_id)
        }
        if (frame.kind === 'heartbeat') expect(newest.get(frame.product)).toBe(frame.lastTradeId)
      }
    })
  })

  describe('recorded control and single frames of the exchange', () => {
    it('are all read', () => {
      expect(countKinds(frames('coinbase/control-frames.jsonl'))).toEqual({
        error: 3,
        subscriptions: 2,
        match: 2,
        ticker: 1,
        heartbeat: 1,
      })
    })

    it.each([
      ['ws_empty-subscriptions.json', { kind: 'subscriptions', products: 0 }],
      ['ws_ticker_subscribe-success.json', { kind: 'subscriptions', products: 2 }],
      ['ws_heartbeat_ETH-EUR.json', { kind: 'heartbeat', lastTradeId: 0 }],
      ['ws_ticker_BTC-USD.json', { kind: 'ticker' }],
      ['ws_ticker_unsubscribe-error.json', { kind: 'error' }],
    ])('are read: %s', (file, expected) => {
      expect(parseFrame(read(`coinbase/${file}`))).toMatchObject(expected)
    })

    it("give a trade with the taker's side that fits the contract", () => {
      const frame = parseFrame(read('coinbase/ws_matches_BTC-USD.json'))
      if (frame.kind !== 'match') throw new Error(frame.kind)
      expect(frame.trade).toMatchObject({ tradeId: 9_713_921, side: 'buy', price: 9_692.53 })
      expect(cryptoTrades.schema.safeParse(frame.trade).success).toBe(true)
    })
  })

  describe('recorded bodies of the market list', () => {
    it('are read to the last coin, and give lists that fit the contracts', () => {
      const { coins, refused } = readMarkets(body('coingecko/markets-10-usd-2024-02-09.json'))
      expect([coins.length, refused]).toEqual([10, 0])
      const now = Date.UTC(2024, 1, 9, 19)
      const movers = moversOf(coins, { minMarketCapUsd: 100_000_000, count: 10, now })
      expect(cryptoMovers.schema.safeParse(movers).success).toBe(true)
      const top = topcoinsOf(rankCoins(coins, new Set(['BTC-USD'])), { count: 10, now })
      expect(cryptoTopcoins.schema.safeParse(top).success).toBe(true)
      expect(top.coins[0]).toMatchObject({ id: 'bitcoin', product: 'BTC-USD', rank: 1 })
      const ids = top.coins.map((c) => c.id)
      expect(ids).not.toContain('tether')
      expect(ids).not.toContain('staked-ether')
    })

    it.each([
      ['422-missing-vs-currency.json', /Missing parameter vs_currency/],
      ['429.json', /Rate Limit/],
    ])('are refused with their own words: %s', (file, words) => {
      expect(() => readMarkets(body(`coingecko/${file}`))).toThrow(words)
    })
  })
}

if (!absent) recorded()
