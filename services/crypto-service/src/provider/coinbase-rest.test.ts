import type { IncomingMessage, ServerResponse } from 'node:http'
import { systemClock } from '@flux/runtime'
import { fixtureHttp } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCoinbaseRest } from './coinbase-rest.ts'

const { signal } = new AbortController()

const setUp = async (handler: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = await fixtureHttp(handler)
  onTestFinished(() => server.close())
  const budget = { take: async () => true }
  return createCoinbaseRest({ url: server.url, budget, clock: systemClock })
}

const answer = (body: unknown, headers: Record<string, string> = {}) =>
  setUp((_, response) => response.writeHead(200, headers).end(JSON.stringify(body)))

const trade = (id: number) => ({
  time: '2026-03-01T12:00:00.5Z',
  trade_id: id,
  price: '10.50',
  size: '0.1',
  side: 'sell',
})

describe('the REST interface', () => {
  it('lists the products that trade in USD', async () => {
    const usd = { base_currency: 'A', quote_currency: 'USD', status: 'online' }
    const rest = await answer([
      { ...usd, id: 'A-USD' },
      { ...usd, id: 'B-USD', status: 'delisted' },
      { ...usd, id: 'C-USD', trading_disabled: true },
      { ...usd, id: 'D-EUR', quote_currency: 'EUR' },
      { id: null },
      'no product',
    ])
    expect(await rest.products(signal)).toEqual(new Set(['A-USD']))
  })

  it("reads trades with the taker's side, without the broken ones", async () => {
    const rest = await answer([trade(9), { ...trade(8), price: null }, trade(7)])
    const page = await rest.trades('A-USD', 10, signal)
    expect(page.trades.map((t) => [t.tradeId, t.side, t.price])).toEqual([
      [9, 'buy', 10.5],
      [7, 'buy', 10.5],
    ])
    expect(page.olderThan).toBe(7)
  })

  it('asks below an id and goes on where the exchange says', async () => {
    let asked: string | undefined
    const rest = await setUp((request, response) => {
      asked = request.url
      response.writeHead(200, { 'CB-AFTER': '5' }).end(JSON.stringify([trade(9)]))
    })
    expect((await rest.trades('A-USD', 10, signal)).olderThan).toBe(5)
    expect(asked).toBe('/products/A-USD/trades?limit=1000&after=10')
  })

  it('has nothing older than an empty page', async () => {
    const rest = await answer([])
    expect(await rest.trades('A-USD', 10, signal)).toEqual({ trades: [], olderThan: undefined })
  })

  it('refuses an error object where a list is expected', async () => {
    const rest = await answer({ message: 'NotFound' })
    await expect(rest.trades('A-USD', 10, signal)).rejects.toMatchObject({ code: 'bad_shape' })
  })

  it('makes no call that its budget does not pay', async () => {
    const rest = createCoinbaseRest({
      url: 'http://127.0.0.1:1',
      budget: { take: async () => false },
      clock: systemClock,
    })
    await expect(rest.products(signal)).rejects.toMatchObject({ code: 'budget_exceeded' })
  })
})
