import { createMemoryCache, DeferredError, ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createAccess, createProviderBreaker } from './access.ts'
import type { Health } from './health.ts'
import type { Reading } from './provider/port.ts'
import { createStops } from './stop.ts'
import { oslo, reading } from './weather.fixture.ts'

const { signal } = new AbortController()

const failure = (code: string, retryable = false) =>
  new ProviderError('p', `p: ${code}`, { code, retryable })

const setUp = (answers: readonly (Reading | Error)[]) => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  const left = [...answers]
  const said: string[] = []
  let calls = 0
  let funds = 100
  const health: Health = {
    worked: () => void said.push('ok'),
    failed: (state, reason) => void said.push(`${state}: ${reason}`),
    refused: () => void said.push('refused'),
    follow: async () => {},
  }
  const breaker = createProviderBreaker(clock, undefined)
  const access = createAccess({
    provider: {
      name: 'p',
      title: 'Pro',
      callsPerPlace: 1,
      fetch: async () => {
        calls += 1
        const answer = left.shift()
        if (answer === undefined || answer instanceof Error) throw answer ?? failure('end')
        return answer
      },
    },
    pay: async () => {
      if (funds <= 0) throw new DeferredError()
      funds -= 1
    },
    stops: createStops({ provider: 'p', cache, clock }),
    ...{ breaker, health, clock, random: () => 0 },
    onStop: (code) => void said.push(`stop ${code}`),
  })
  const fetch = async () => {
    const result = access(oslo, signal).then(
      () => 'ok',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'bug'),
    )
    await clock.advance(100)
    return await result
  }
  return { clock, fetch, breaker, said, calls: () => calls, spend: () => (funds = 0) }
}

describe('asking the provider', () => {
  it('tries an overload once more', async () => {
    const { fetch, calls, said } = setUp([failure('http_503', true), reading])
    expect([await fetch(), calls(), said]).toEqual(['ok', 2, ['ok']])
  })

  it('does not try again what cannot work, and does not hold it against the provider', async () => {
    const { fetch, calls, breaker, said } = setUp(Array(20).fill(failure('no_data')))
    for (let n = 0; n < 20; n += 1) expect(await fetch()).toBe('no_data')
    expect([calls(), breaker.state(), new Set(said)]).toEqual([20, 'closed', new Set(['refused'])])
  })

  it('makes no call after a limit, for any place, until the stop is over', async () => {
    const { clock, fetch, calls, said, breaker } = setUp([failure('limited'), reading])
    expect([await fetch(), await fetch(), await fetch(), calls()]).toEqual([
      ...['limited', 'limited', 'limited'],
      1,
    ])
    expect(said).toEqual([
      ...['refused', 'stop limited'],
      expect.stringMatching(/^degraded: Pro allows no more requests for now: no calls until 2023/),
    ])
    expect(breaker.state()).toBe('closed')
    await clock.advance(600_000)
    expect([await fetch(), calls()]).toEqual(['ok', 2])
  })

  it('calls a provider down that refuses the key', async () => {
    const { fetch, said } = setUp([failure('key_refused')])
    expect(await fetch()).toBe('key_refused')
    expect(said[2]).toMatch(/^down: Pro refuses the key/)
  })

  it('opens the breaker for a provider that keeps failing, and tries it again later', async () => {
    const faults = Array(6).fill(failure('timeout', true))
    const { clock, fetch, calls, said } = setUp([...faults, reading])
    expect([await fetch(), await fetch(), await fetch(), await fetch()]).toEqual([
      ...['timeout', 'timeout', 'breaker_open', 'breaker_open'],
    ])
    expect(calls()).toBe(5)
    expect(said[1]).toBe('degraded: Pro does not answer properly for now (timeout)')
    expect(said.at(-1)).toBe('down: Pro does not answer properly for now')
    await clock.advance(30_000)
    expect([await fetch(), calls()]).toEqual(['breaker_open', 6])
    await clock.advance(60_000)
    expect([await fetch(), said.at(-1)]).toEqual(['ok', 'ok'])
  })

  it('makes no call without a token', async () => {
    const { fetch, calls, spend, breaker } = setUp([reading])
    spend()
    expect([await fetch(), calls(), breaker.state()]).toEqual(['deferred', 0, 'closed'])
  })
})
