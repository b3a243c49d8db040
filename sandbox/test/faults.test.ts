import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput, Sandbox } from '../src/index.ts'
import { connect, control, manualClock, request, startManual, subscribe, until } from './support.ts'

let clock: ReturnType<typeof manualClock>
let sandbox: Sandbox
beforeEach(async () => {
  clock = manualClock()
  sandbox = await startManual({ clock, rate: 0 })
})
afterEach(() => sandbox.close())

const set = (fault: FaultInput) => sandbox.control.addFault(fault)
const products = () => request(sandbox, '/coinbase/products')
const coins = () => request(sandbox, '/coingecko/api/v3/coins/markets?vs_currency=usd')
const step = (matches = 1) => sandbox.control.step({ matches, product: 'BTC-USD' })
const follow = async (channel = 'ticker') => {
  const client = await connect(sandbox)
  await subscribe(client, { products: ['BTC-USD'], channels: [channel], expect: 2 })
  return client
}

describe('HTTP faults', () => {
  it('answers with a status and Retry-After as often as it was told', async () => {
    set({ kind: 'status', provider: 'coingecko', status: 429, retryAfterS: 60, count: 2 })
    for (let i = 0; i < 2; i++) {
      const limited = await coins()
      expect(limited.status).toBe(429)
      expect(limited.headers.get('retry-after')).toBe('60')
      expect(limited.json().status.error_code).toBe(429)
    }
    expect((await coins()).status).toBe(200)
    expect((await products()).status).toBe(200)
    expect(sandbox.control.state().requests).toContainEqual({
      route: 'GET /coingecko/api/v3/coins/markets',
      status: 429,
      count: 2,
    })
  })

  it('hits only the path it was set for', async () => {
    set({ kind: 'status', provider: 'coinbase', path: '/products/*/trades', status: 500 })
    expect((await request(sandbox, '/coinbase/products/BTC-USD/trades')).status).toBe(500)
    expect((await request(sandbox, '/coinbase/products/BTC-USD/ticker')).status).toBe(200)
  })

  it('ends after its time', async () => {
    set({ kind: 'status', provider: 'coinbase', status: 503, forMs: 1_000 })
    await clock.advance(999)
    expect((await products()).status).toBe(503)
    await clock.advance(1)
    expect((await products()).status).toBe(200)
    expect(sandbox.control.state().faults).toEqual([])
  })

  it('answers slowly', async () => {
    set({ kind: 'slow', provider: 'coinbase', delayMs: 8_000, count: 1 })
    let answered = false
    const answer = products().then((response) => {
      answered = true
      return response
    })
    await until(() => clock.pending() > 0)
    await clock.advance(7_999)
    expect(answered).toBe(false)
    await clock.advance(1)
    expect((await answer).status).toBe(200)
  })

  it('closes at once while a slow answer is waiting', async () => {
    set({ kind: 'slow', provider: 'coinbase', delayMs: 60_000 })
    const answer = products().catch(() => 'cut')
    await until(() => clock.pending() > 0)
    await sandbox.close()
    await answer
  })

  it('cuts the connection in the middle of the body', async () => {
    set({ kind: 'cut', provider: 'coinbase', count: 1 })
    await expect(products()).rejects.toThrow()
    expect((await products()).status).toBe(200)
  })

  it('breaks the body in every way it knows', async () => {
    for (const kind of ['malformed', 'html', 'empty', 'error_object', 'nulls'] as const) {
      set({ kind, provider: 'coingecko', count: 1 })
    }
    const [nulls, error, empty, malformed, html, whole] = [
      await coins(),
      await coins(),
      await coins(),
      await coins(),
      await coins(),
      await coins(),
    ]
    expect(nulls.json()[0]).toMatchObject({ id: 'bitcoin', current_price: null, market_cap: null })
    expect(Array.isArray(error.json())).toBe(false)
    expect(empty.json()).toEqual([])
    expect(malformed.json).toThrow(SyntaxError)
    expect(html.headers.get('content-type')).toContain('text/html')
    expect(html.json).toThrow(SyntaxError)
    expect(whole.json()[0].current_price).toBeTypeOf('number')
  })

  it('nulls only the fields that are named', async () => {
    set({ kind: 'nulls', provider: 'coingecko', fields: ['market_cap'] })
    expect((await coins()).json()[0]).toMatchObject({ market_cap: null, market_cap_rank: 1 })
  })
})

describe('stream faults', () => {
  it('is silent while the socket stays open', async () => {
    const client = await follow()
    const silent = set({ kind: 'silent' })
    step(3)
    sandbox.control.removeFault('id' in silent ? silent.id : '')
    step()
    const frames = await client.take(1)
    expect(frames).toHaveLength(1)
    expect(frames[0].trade_id).toBe(sandbox.market.instruments.get('BTC-USD')?.last().id)
  })

  it('drops all connections and refuses new ones', async () => {
    const client = await follow()
    expect(set({ kind: 'drop' })).toEqual({ lasting: false, affected: 1 })
    expect(await client.closed()).toBe(1006)
    set({ kind: 'refuse', count: 1 })
    await expect(connect(sandbox)).rejects.toThrow('503')
    await follow()
  })

  it('leaves matches out of the stream that REST knows', async () => {
    const client = await follow()
    step()
    set({ kind: 'gap', product: 'BTC-USD', count: 4 })
    step(5)
    const [before, after] = await client.take(2)
    expect(after.trade_id - before.trade_id).toBe(5)
    const path = `/coinbase/products/BTC-USD/trades?after=${after.trade_id}&before=${before.trade_id}`
    expect((await request(sandbox, path)).json()).toHaveLength(4)
  })

  it('makes a burst of matches in one moment', async () => {
    const client = await follow('matches')
    expect(set({ kind: 'burst', product: 'BTC-USD', count: 140 })).toEqual({
      lasting: false,
      affected: 140,
    })
    const frames = await client.take(140)
    expect(new Set(frames.map((frame) => frame.time)).size).toBe(1)
  })

  it('sends every kind of garbage before good frames', async () => {
    const client = await follow()
    for (const damage of [
      'malformed',
      'unknown_type',
      'nulls',
      'zero_open',
      'missing_fields',
      'not_an_object',
    ] as const) {
      set({ kind: 'garbage', damage, count: 1 })
    }
    step(6)
    await client.received(12)
    const [malformed, , ...others] = client.frames.filter((_, i) => i % 2 === 0 || i === 1)
    expect(() => JSON.parse(malformed ?? '')).toThrow(SyntaxError)
    const [unknown, nulls, zero, missing, list] = others.map((frame) => JSON.parse(frame))
    expect(unknown.type).toBe('auction_note')
    expect(nulls).toMatchObject({ type: 'ticker', price: null, trade_id: null })
    expect(zero.open_24h).toBe('0')
    expect(missing).not.toHaveProperty('price')
    expect(Array.isArray(list)).toBe(true)
    const good = client.frames.filter((_, i) => i % 2 === 1).map((frame) => JSON.parse(frame))
    expect(good.map((frame) => frame.trade_id - good[0].trade_id)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('puts garbage in the place of a good frame when told to', async () => {
    const client = await follow()
    set({ kind: 'garbage', damage: 'zero_open', mode: 'replace', count: 1 })
    step(2)
    const [zero, good] = await client.take(2)
    expect([zero.open_24h, good.trade_id]).toEqual(['0', zero.trade_id + 1])
  })

  it('sends frames twice', async () => {
    const client = await follow()
    set({ kind: 'duplicate', count: 1 })
    step(2)
    const [first, again, next] = await client.take(3)
    expect(again).toEqual(first)
    expect(next.trade_id).toBe(first.trade_id + 1)
  })

  it('sends error frames to everybody', async () => {
    const client = await follow()
    set({ kind: 'error_frame', message: 'ErrSlowConsume', count: 2 })
    expect(await client.take(2)).toEqual(
      Array(2).fill({ type: 'error', message: 'ErrSlowConsume' }),
    )
  })
})

describe('the control API', () => {
  it('sets, lists and clears faults', async () => {
    const made = await control(sandbox, 'POST', {
      path: '/faults',
      body: { kind: 'silent', forMs: 500 },
    })
    expect([made.status, made.json()]).toMatchObject([
      201,
      { lasting: true, endsInMs: 500, left: null },
    ])
    expect((await control(sandbox, 'GET', { path: '/faults' })).json()).toHaveLength(1)
    const removed = await control(sandbox, 'DELETE', { path: `/faults/${made.json().id}` })
    expect(removed.json()).toEqual({ cleared: 1 })
    expect((await control(sandbox, 'DELETE', { path: '/faults/99' })).status).toBe(404)
    set({ kind: 'duplicate' })
    set({ kind: 'silent' })
    expect((await control(sandbox, 'DELETE', { path: '/faults' })).json()).toEqual({ cleared: 2 })
  })

  it('says what is wrong with a request', async () => {
    const wrong = [
      { path: '/faults', body: { kind: 'earthquake' } },
      { path: '/faults', body: { kind: 'status', provider: 'coinbase', status: 200 } },
      { path: '/faults', body: { kind: 'silent', coutn: 3 } },
      { path: '/rate', body: { matchesPerSecond: -1 } },
      { path: '/market/step', body: {} },
      { path: '/market/step', body: { ms: 5, matches: 5 } },
      { path: '/replay', body: { file: 'x', speed: 1, framesPerSecond: 1 } },
      { path: '/rate' },
    ]
    for (const request of wrong) {
      const refused = await control(sandbox, 'POST', request)
      expect([request, refused.status]).toEqual([request, 400])
      expect(refused.json().faults[0]).toMatch(/\w+: \w+/)
    }
    const broken = await request(sandbox, '/control/rate', {
      method: 'POST',
      body: '{"matches',
      headers: { 'content-type': 'application/json' },
    })
    expect(broken.status).toBe(400)
  })

  it('says what cannot be done', async () => {
    const impossible = [
      { path: '/faults', body: { kind: 'cut', provider: 'nobody' }, error: 'unknown_provider' },
      {
        path: '/faults',
        body: { kind: 'gap', product: 'X-Y', count: 1 },
        error: 'unknown_product',
      },
      { path: '/market/step', body: { matches: 1, product: 'X-Y' }, error: 'unknown_product' },
      { path: '/market/step', body: { matches: 1 }, error: 'no_rate' },
      { path: '/replay', body: { file: '/no/such/file' }, error: 'file_unreadable' },
    ]
    for (const { path, body, error } of impossible) {
      const refused = await control(sandbox, 'POST', { path, body })
      expect([refused.status, refused.json().error]).toEqual([409, error])
    }
  })

  it('sets the rate, steps the market and tells its state', async () => {
    const before = sandbox.control.state().time
    await control(sandbox, 'POST', { path: '/rate', body: { matchesPerSecond: 50 } })
    const stepped = await control(sandbox, 'POST', { path: '/market/step', body: { ms: 2_000 } })
    expect(stepped.json()).toEqual({ time: before + 2_000 })
    await follow()
    const state = (await control(sandbox, 'GET', { path: '/state' })).json()
    expect(state).toMatchObject({
      seed: 1,
      matchesPerSecond: 50,
      manual: true,
      connections: { coinbase: 1 },
      subscriptions: { ticker: 1 },
      framesSent: { 'coinbase/subscriptions': 1, 'coinbase/ticker': 1 },
    })
  })
})
