import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, systemClock } from '@flux/runtime'
import { fixtureHttp } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFinnhub } from './finnhub-rest.ts'

const key = 'not-a-real-key'
const { signal } = new AbortController()
const wire = { c: 50.5, d: 0.5, dp: 1, h: 51, l: 49, o: 49.5, pc: 50, t: 1_700_000_000 }

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(JSON.stringify(body))

/** The machine's clock, put forward by hand. */
const leapingClock = () => {
  let ahead = 0
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    monotonic: () => systemClock.monotonic() + ahead,
  }
  const leap = (ms: number) => {
    ahead += ms
  }
  return { clock, leap }
}

const setUp = async (answer: Answer, options: { tokens?: number } = {}) => {
  const calls: { url: string | undefined; token: unknown }[] = []
  const states: string[] = []
  const server = { answer, tokens: options.tokens ?? Number.POSITIVE_INFINITY }
  const { url, close } = await fixtureHttp((request, response) => {
    calls.push({ url: request.url, token: request.headers['x-finnhub-token'] })
    server.answer(request, response)
  })
  onTestFinished(close)
  const { clock, leap } = leapingClock()
  const finnhub = createFinnhub({
    ...{ url: `${url}/api/v1`, key, clock },
    budget: {
      take: async () => {
        server.tokens -= 1
        return server.tokens >= 0
      },
    },
    onBreaker: (state) => states.push(state),
  })
  const failure = async () => {
    try {
      await finnhub.quote('ACME', signal)
    } catch (error) {
      return error
    }
    throw new Error('the call did not fail')
  }
  return { finnhub, server, calls, states, leap, failure }
}

describe('a call', () => {
  it('has the key in a header, not in the address', async () => {
    const { finnhub, calls } = await setUp(json(200, wire))
    await expect(finnhub.quote('BRK.B', signal)).resolves.toMatchObject({ kind: 'quote' })
    expect(calls).toEqual([{ url: '/api/v1/quote?symbol=BRK.B', token: key }])
  })

  it('asks for the status of the US market', async () => {
    const body = { exchange: 'US', holiday: null, isOpen: true, session: 'regular', t: 1 }
    const { finnhub, calls } = await setUp(json(200, body))
    await expect(finnhub.marketStatus(signal)).resolves.toMatchObject({ status: 'open' })
    expect(calls[0]?.url).toBe('/api/v1/stock/market-status?exchange=US')
  })

  it('is not made without a token of the budget', async () => {
    const { calls, failure } = await setUp(json(200, wire), { tokens: 0 })
    expect(await failure()).toMatchObject({ code: 'deferred' })
    expect(calls).toEqual([])
  })

  it.each([
    ['no JSON', json(200, undefined), 'bad_json'],
    ['another shape', json(200, { c: '50.5', t: 1 }), 'bad_shape'],
    ['an error with status 200', json(200, { error: 'Please use an API key.' }), 'bad_shape'],
    ['no symbol of this key', json(403, { error: "You don't have access" }), 'http_403'],
    ['a broken provider', json(502, {}), 'http_502'],
  ])('fails on %s, and the next one is made', async (_, answer, code) => {
    const { finnhub, server, failure } = await setUp(answer)
    const error = await failure()
    expect(error).toMatchObject({ code, provider: 'finnhub' })
    expect(String(error)).not.toContain(key)
    server.answer = json(200, wire)
    await expect(finnhub.quote('ACME', signal)).resolves.toMatchObject({ kind: 'quote' })
  })
})

describe('all calls', () => {
  it('stop for ten minutes when the key is refused', async () => {
    const { finnhub, server, calls, leap, failure } = await setUp(json(401, { error: 'no' }))
    expect(await failure()).toMatchObject({ code: 'http_401', retryable: false })
    server.answer = json(200, wire)
    leap(9 * 60_000)
    expect(await failure()).toMatchObject({ code: 'held' })
    await expect(finnhub.marketStatus(signal)).rejects.toMatchObject({ code: 'held' })
    expect(calls).toHaveLength(1)
    leap(2 * 60_000)
    await expect(finnhub.quote('ACME', signal)).resolves.toMatchObject({ kind: 'quote' })
  })

  it.each([
    ['for a minute', {}, 60_000],
    ['as long as the provider asks', { 'retry-after': '120' }, 120_000],
  ])('stop %s when the limit is reached, which opens no breaker', async (_, headers, ms) => {
    const { server, states, leap, failure, finnhub } = await setUp(json(429, {}, headers))
    expect(await failure()).toMatchObject({ code: 'http_429' })
    server.answer = json(200, wire)
    leap(ms - 5_000)
    expect(await failure()).toMatchObject({ code: 'held' })
    leap(6_000)
    await expect(finnhub.quote('ACME', signal)).resolves.toMatchObject({ kind: 'quote' })
    server.answer = json(429, {}, headers)
    for (let i = 0; i < 6; i += 1) {
      expect(await failure()).toMatchObject({ code: 'http_429' })
      leap(ms + 1_000)
    }
    expect(states).toEqual([])
  })

  it('stop when the provider fails again and again, and go on with one to see', async () => {
    const { finnhub, server, calls, states, leap, failure } = await setUp(json(500, {}))
    for (let i = 0; i < 5; i += 1) await failure()
    expect(await failure()).toMatchObject({ code: 'breaker_open' })
    expect(calls).toHaveLength(5)
    server.answer = json(200, wire)
    leap(31_000)
    await finnhub.quote('ACME', signal)
    expect(states).toEqual(['open', 'half-open', 'closed'])
  })

  it('do not stop for answers about single symbols', async () => {
    const { states, failure } = await setUp(json(403, {}))
    for (let i = 0; i < 10; i += 1) expect(await failure()).toMatchObject({ code: 'http_403' })
    expect(states).toEqual([])
  })
})
