import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput, Sandbox } from '../src/index.ts'
import { api, arrived, follow, headers, settings } from './finnhub-support.ts'
import { connect, request, startManual, subscribe } from './support.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startManual({ rate: 0 })
})
afterEach(() => sandbox.close())

const quote = async (symbol = 'AAPL') =>
  (await request(sandbox, `${api}/quote?symbol=${symbol}`, { headers })).json()
const set = (fault: FaultInput) => sandbox.control.addFault(fault)
const pass = (ms: number) => sandbox.control.step({ ms })

describe('the stream of trades', () => {
  it('refuses a connection without a good key', async () => {
    await expect(connect(sandbox, '/finnhub/ws')).rejects.toThrow('401')
    await expect(connect(sandbox, '/finnhub/ws?token=invalid')).rejects.toThrow('401')
  })

  it('sends trades of subscribed symbols only, several in a frame, as quoted', async () => {
    const client = await follow(sandbox, ['TSLA', 'AAPL', 'NOPE'])
    pass(10_000)
    const frames = await arrived(client)
    expect(frames.every(({ type }) => type === 'trade')).toBe(true)
    expect(frames.some(({ data }) => data.length > 3)).toBe(true)
    const trades = frames.flatMap(({ data }) => data)
    expect(new Set(trades.map(({ s }) => s))).toEqual(new Set(['TSLA', 'AAPL']))
    const last = trades.findLast(({ s }) => s === 'AAPL')
    expect(await quote()).toMatchObject({ c: last.p, t: Math.floor(last.t / 1_000) })
    client.send({ type: 'unsubscribe', symbol: 'TSLA' })
    expect(await arrived(client)).toEqual([])
    pass(10_000)
    const later = (await arrived(client)).filter(({ type }) => type === 'trade')
    expect(later.flatMap(({ data }) => data).map(({ s }) => s)).not.toContain('TSLA')
    client.ws.terminate()
  })

  it('is the same for the same seed', async () => {
    const played = async () => {
      const own = await startManual({ rate: 0 })
      const client = await connect(own, '/finnhub/ws?token=k')
      client.send({ type: 'subscribe', symbol: 'NVDA' })
      client.send('nonsense')
      await client.take(1)
      own.control.step({ ms: 120_000 })
      await client.received(100)
      await own.close()
      return client.frames.slice(0, 100)
    }
    expect(await played()).toEqual(await played())
  })

  it('sends nothing but pings outside trading hours', async () => {
    await settings(sandbox, { market: 'post' })
    const client = await follow(sandbox, ['AAPL'])
    pass(60_000)
    expect(await arrived(client)).toEqual([{ type: 'ping' }, { type: 'ping' }, { type: 'ping' }])
    client.ws.terminate()
  })

  it('refuses the 51st symbol in `msg`, and nonsense', async () => {
    const client = await connect(sandbox, '/finnhub/ws?token=k')
    for (let i = 0; i < 51; i++) client.send({ type: 'subscribe', symbol: `S${i}` })
    expect(await client.take(1)).toEqual([
      { msg: 'Subscribing to too many symbols', type: 'error' },
    ])
    client.send({ type: 'subscribe', symbol: 'S0' })
    client.ws.send('{')
    client.send({ type: 'subscribe', symbol: 5 })
    expect((await client.take(2)).map(({ type }) => type)).toEqual(['error', 'error'])
    client.ws.terminate()
  })

  it('suffers the faults of streams', async () => {
    const client = await follow(sandbox, ['AAPL'])
    const step = async () => {
      set({ kind: 'burst', provider: 'finnhub', product: 'AAPL', count: 2 })
      return arrived(client)
    }
    expect((await step())[0].data).toHaveLength(2)
    set({ kind: 'duplicate', provider: 'finnhub', count: 1 })
    expect(await step()).toHaveLength(2)
    set({ kind: 'gap', provider: 'finnhub', product: 'AAPL', count: 2 })
    expect(await step()).toEqual([])
    set({ kind: 'garbage', provider: 'finnhub', damage: 'nulls', mode: 'replace', count: 1 })
    expect((await step())[0].data[0]).toMatchObject({ s: 'AAPL', p: null })
    set({ kind: 'error_frame', provider: 'finnhub', message: 'Over capacity' })
    expect(await arrived(client)).toEqual([{ msg: 'Over capacity', type: 'error' }])
    set({ kind: 'silent', provider: 'finnhub', count: 1 })
    expect(await step()).toEqual([])
    expect(() => set({ kind: 'burst', provider: 'finnhub', product: 'BTC-USD', count: 1 })).toThrow(
      'BTC-USD',
    )
    expect(set({ kind: 'drop', provider: 'finnhub' })).toMatchObject({ affected: 1 })
    expect(await client.closed()).toBe(1006)
    set({ kind: 'refuse', provider: 'finnhub', status: 429, count: 1 })
    await expect(connect(sandbox, '/finnhub/ws?token=k')).rejects.toThrow('429')
  })

  it('leaves the exchange of coins alone', async () => {
    const coins = await connect(sandbox)
    await subscribe(coins, { products: ['BTC-USD'], channels: ['ticker'], expect: 2 })
    set({ kind: 'burst', provider: 'finnhub', count: 5 })
    expect(sandbox.control.state().connections).toMatchObject({ coinbase: 1, finnhub: 0 })
    coins.send({ type: 'unsubscribe', channels: ['ticker'] })
    expect((await coins.take(1))[0].type).toBe('subscriptions')
    coins.ws.terminate()
  })
})

// biome-ignore lint/style/noProcessEnv: the folder of recordings is given to the test run by name
const folder = join(env['FLUX_PROVIDER_DATA'] ?? '', 'finnhub')
const isThere = folder !== 'finnhub' && existsSync(folder)

describe.skipIf(!isThere)('beside what Finnhub sent', () => {
  const recorded = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const lines = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

  it('has the same fields in the same order', async () => {
    expect(Object.keys(await quote())).toEqual(Object.keys(recorded('quote-AAPL-2026-09-16.json')))
    const path = `${api}/stock/market-status?exchange=US`
    const status = (await request(sandbox, path, { headers })).json()
    expect(Object.keys(status)).toEqual(Object.keys(recorded('market-status-US-2026-09-16.json')))
    expect(await quote('NOPE')).toEqual(recorded('quote-unknown-symbol.json'))
  })

  it('has the same errors', async () => {
    const [missing, wrong, premium, limit] = lines('errors.jsonl')
    const answer = async (path: string, init = {}) => {
      const { status: code, json } = await request(sandbox, `${api}${path}`, init)
      return { status: code, body: json() }
    }
    expect(await answer('/quote?symbol=AAPL')).toEqual(missing)
    expect(await answer('/quote?symbol=AAPL&token=wrong')).toEqual(wrong)
    expect(await answer('/stock/candle', { headers })).toEqual(premium)
    await settings(sandbox, { callsPerMinute: 0 })
    expect(await answer('/quote?symbol=AAPL', { headers })).toEqual(limit)
  })

  it('has the same frames', async () => {
    const frames = lines('ws-trades.jsonl')
    const client = await follow(sandbox, ['AAPL'])
    set({ kind: 'burst', provider: 'finnhub', product: 'AAPL', count: 1 })
    const [trade] = await arrived(client)
    expect(Object.keys(trade)).toEqual(Object.keys(frames[0]))
    expect(Object.keys(trade.data[0])).toEqual(Object.keys(frames[0].data[0]))
    for (let i = 0; i < 50; i++) client.send({ type: 'subscribe', symbol: `S${i}` })
    expect(await client.take(1)).toContainEqual(frames.at(-1))
    pass(20_000)
    expect(await arrived(client)).toContainEqual({ type: 'ping' })
    client.ws.terminate()
  })
})
