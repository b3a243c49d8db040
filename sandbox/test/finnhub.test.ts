import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput, Sandbox } from '../src/index.ts'
import { api, headers, settings } from './finnhub-support.ts'
import { control, manualClock, request, startAt, startManual } from './support.ts'

let clock: ReturnType<typeof manualClock>
let sandbox: Sandbox
beforeEach(async () => {
  clock = manualClock()
  sandbox = await startManual({ clock, rate: 0 })
})
afterEach(() => sandbox.close())

const get = (path: string) => request(sandbox, `${api}${path}`, { headers })
const quote = async (symbol = 'AAPL') => (await get(`/quote?symbol=${symbol}`)).json()
const status = async () => (await get('/stock/market-status?exchange=US')).json()
const set = (fault: FaultInput) => sandbox.control.addFault(fault)
const pass = (ms: number) => sandbox.control.step({ ms })

describe('Finnhub over REST', () => {
  it('wants a key, in the header or in the query', async () => {
    const answers = await Promise.all(
      ['', '&token=wrong', '&token=good'].map((token) =>
        request(sandbox, `${api}/quote?symbol=AAPL${token}`),
      ),
    )
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 200])
    expect(answers[0]?.json()).toEqual({ error: 'Please use an API key.' })
    expect(answers[1]?.json()).toEqual({ error: 'Invalid API key.' })
    expect((await get('/quote?symbol=AAPL')).status).toBe(200)
  })

  it('moves its prices with time, within the day that they tell', async () => {
    const before = await quote()
    pass(60_000)
    const after = await quote()
    expect(after).toMatchObject({ pc: before.pc, o: before.o })
    expect(after.c).not.toBe(before.c)
    expect(after.t).toBeGreaterThan(before.t)
    expect(after.h).toBeGreaterThanOrEqual(after.c)
    expect(after.l).toBeLessThanOrEqual(after.c)
  })

  it('answers zeros for a symbol that it does not know', async () => {
    const answer = await get('/quote?symbol=NOPE')
    expect(answer.status).toBe(200)
    expect(answer.json()).toEqual({ c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 })
    expect((await get('/quote')).status).toBe(422)
  })

  it('refuses what needs another plan', async () => {
    const paths = ['/stock/candle?symbol=AAPL', '/stock/market-status?exchange=L']
    for (const path of paths) {
      const answer = await get(path)
      expect(answer.status).toBe(403)
      expect(answer.json()).toEqual({ error: "You don't have access to this resource." })
    }
    expect((await get('/nothing')).status).toBe(404)
  })

  it('tells its limit, and keeps it when it is switched on', async () => {
    const plain = await get('/quote?symbol=AAPL')
    expect(plain.headers.get('x-ratelimit-limit')).toBe('60')
    expect(plain.headers.get('x-ratelimit-remaining')).toBe('59')
    expect(plain.headers.get('x-ratelimit-reset')).toBe(String(startAt / 1_000 + 60))
    await settings(sandbox, { callsPerMinute: 3 })
    expect((await get('/quote?symbol=AAPL')).status).toBe(200)
    expect((await get('/quote?symbol=AAPL')).status).toBe(200)
    const limited = await get('/quote?symbol=AAPL')
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([429, '0'])
    expect(limited.json().error).toContain('API limit reached')
    await clock.advance(60_000)
    expect((await get('/quote?symbol=AAPL')).status).toBe(200)
  })

  it('suffers the faults of the control API', async () => {
    set({ kind: 'status', provider: 'finnhub', path: '/api/v1/quote', status: 429, count: 1 })
    expect((await get('/quote?symbol=AAPL')).json().error).toContain('API limit reached')
    set({ kind: 'nulls', provider: 'finnhub', fields: ['c'], count: 1 })
    expect((await quote()).c).toBeNull()
    set({ kind: 'html', provider: 'finnhub', count: 1 })
    expect((await get('/quote?symbol=AAPL')).text).toContain('<html>')
  })
})

describe('market hours', () => {
  it('are open at all hours unless told otherwise', async () => {
    // New Year's night in New York.
    expect(await status()).toEqual({
      exchange: 'US',
      holiday: null,
      isOpen: true,
      session: 'regular',
      t: startAt / 1_000,
      timezone: 'America/New_York',
    })
  })

  it('can be forced, and be those of New York', async () => {
    const seen = async (market: string) => {
      await settings(sandbox, { market })
      const { isOpen, session, holiday } = await status()
      return [isOpen, session, holiday !== null]
    }
    expect(await seen('pre')).toEqual([false, 'pre-market', false])
    expect(await seen('post')).toEqual([false, 'post-market', false])
    expect(await seen('closed')).toEqual([false, null, false])
    expect(await seen('holiday')).toEqual([false, null, true])
    // 2025-12-31, 19:00 in New York.
    expect(await seen('real')).toEqual([false, 'post-market', false])
    expect(await seen('open')).toEqual([true, 'regular', false])
    expect((await settings(sandbox, { market: 'asleep' })).status).toBe(400)
    expect((await control(sandbox, 'GET', { path: '/finnhub' })).json()).toMatchObject({
      market: 'open',
      session: { phase: 'regular', date: '2025-12-31' },
      callsPerMinute: null,
    })
  })

  it('leave prices as they are while the market is closed', async () => {
    await settings(sandbox, { market: 'closed' })
    const before = await quote()
    pass(60_000)
    expect(await quote()).toEqual(before)
  })

  it('can be set at the start', async () => {
    const real = await startManual({ stockMarket: 'real' })
    const { headers: key, ...answer } = await request(
      real,
      `${api}/quote?symbol=MSFT&token=some-key`,
    )
    expect(key.get('x-ratelimit-limit')).toBe('60')
    // The close of the last trading day, 16:00 in New York.
    expect(answer.json().t).toBe(Date.parse('2025-12-31T21:00:00Z') / 1_000)
    await real.close()
  })
})
