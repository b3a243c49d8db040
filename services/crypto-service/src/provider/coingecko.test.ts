import { systemClock } from '@flux/runtime'
import { fixtureHttp } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCoinGecko, readMarkets } from './coingecko.ts'

const wire = {
  id: 'solana',
  symbol: 'sol',
  name: 'Solana',
  image: 'https://images.example/sol.png?1',
  current_price: 171,
  market_cap: 80_000_000_000,
  market_cap_rank: 5,
  fully_diluted_valuation: null,
  total_volume: 3_000_000_000.5,
  price_change_percentage_24h: 7.18,
  max_supply: null,
  roi: null,
  last_updated: '2026-03-01T12:00:00.500Z',
  price_change_percentage_1h_in_currency: -1.25e-5,
  price_change_percentage_24h_in_currency: 7.1811,
  price_change_percentage_7d_in_currency: null,
}

describe('the market list', () => {
  it('has numbers of any form, and null for what is not known', () => {
    expect(readMarkets([wire])).toEqual({
      refused: 0,
      coins: [
        {
          id: 'solana',
          symbol: 'SOL',
          name: 'Solana',
          imageUrl: 'https://images.example/sol.png?1',
          priceUsd: 171,
          marketCapUsd: 80_000_000_000,
          volume24hUsd: 3_000_000_000.5,
          change1hPercent: -0.0000125,
          change24hPercent: 7.1811,
          change7dPercent: null,
          updatedAt: Date.UTC(2026, 2, 1, 12, 0, 0, 500),
        },
      ],
    })
  })

  it('takes the rounded change of a day where the exact one was not asked for', () => {
    const { price_change_percentage_24h_in_currency, ...rest } = wire
    expect(readMarkets([rest]).coins[0]?.change24hPercent).toBe(7.18)
  })

  it('shows no image that a browser should not load', () => {
    expect(readMarkets([{ ...wire, image: 'javascript:alert(1)' }]).coins[0]?.imageUrl).toBeNull()
    expect(readMarkets([{ ...wire, image: 'missing_large.png' }]).coins[0]?.imageUrl).toBeNull()
  })

  it('loses a broken coin, not the list', () => {
    const { coins, refused } = readMarkets([wire, { ...wire, current_price: null }, wire])
    expect([coins.length, refused]).toEqual([2, 1])
  })

  it.each([
    ['an error object', { error: 'Missing parameter vs_currency' }, /Missing parameter/],
    ['a limit', { status: { error_code: 429, error_message: 'Slow down' } }, /Slow down/],
    ['nothing', null, /no list/],
    ['an empty list', [], /0 of 0/],
    ['a list that is mostly broken', [wire, {}, {}], /1 of 3/],
  ])('is refused when it is %s', (_, body, why) => {
    expect(() => readMarkets(body)).toThrow(why)
  })

  it('is read or refused with a code, whatever comes', () => {
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(wire)), fc.jsonValue())
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(fields)), (body) => {
        try {
          expect(readMarkets(body).coins.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad_shape' })
        }
      }),
    )
  })
})

describe('the call', () => {
  it('asks for one large page with the changes of an hour, a day and a week, key in the header', async () => {
    const asked: { url?: string | undefined; key?: unknown } = {}
    const server = await fixtureHttp((request, response) => {
      asked.url = request.url
      asked.key = request.headers['x-cg-demo-api-key']
      response.end(JSON.stringify([wire]))
    })
    onTestFinished(() => server.close())
    const headers = { 'x-cg-demo-api-key': 'not-a-real-key' }
    const url = `${server.url}/api/v3`
    const page = await createCoinGecko({ url, headers, clock: systemClock }).markets(
      new AbortController().signal,
    )
    expect(page.coins).toHaveLength(1)
    expect(asked.key).toBe('not-a-real-key')
    const query = new URL(asked.url ?? '', server.url).searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      vs_currency: 'usd',
      per_page: '250',
      price_change_percentage: '1h,24h,7d',
    })
  })
})
