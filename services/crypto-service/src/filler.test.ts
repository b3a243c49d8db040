import { ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createFiller } from './filler.ts'
import type { CoinbaseRest } from './provider/coinbase-rest.ts'
import { trade } from './trades.fixture.ts'
import type { Trade } from './values.ts'

const setUp = (trades: CoinbaseRest['trades']) => {
  const clock = manualClock()
  const ended = new AbortController()
  const random = () => 0.5
  const { signal } = ended
  const fill = createFiller({ coinbase: { trades }, maxPages: 5, clock, random, signal })
  return { fill, clock, ended }
}

const idsOf = (trades: readonly Trade[]) => [...new Set(trades.map((t) => t.tradeId))].toSorted()

describe('filling a gap', () => {
  it('asks again when the pages lag behind the stream', async () => {
    let calls = 0
    const { fill, clock } = setUp(async () => {
      calls += 1
      const trades = calls === 1 ? [trade(5)] : [trade(6), trade(5)]
      return { trades, olderThan: undefined }
    })
    const found = fill('BTC-USD', { from: 5, to: 6 })
    await clock.advance(1_000)
    expect(idsOf((await found).trades)).toEqual([5, 6])
  })

  it('is patient with a provider that fails, and then says why', async () => {
    let calls = 0
    const { fill, clock } = setUp(() => {
      calls += 1
      const failure = { code: 'http_503', retryable: true }
      return Promise.reject(new ProviderError('coinbase', 'away', failure))
    })
    const found = fill('BTC-USD', { from: 5, to: 6 })
    await clock.advance(30_000)
    expect(await found).toMatchObject({ trades: [], error: { code: 'http_503' } })
    expect(calls).toBe(6)
  })

  it('ends with its signal, so that nothing is marked as missing', async () => {
    const { fill, ended } = setUp(
      (_product, _olderThan, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    const found = fill('BTC-USD', { from: 5, to: 6 })
    ended.abort(new Error('stopped'))
    await expect(found).rejects.toThrow('stopped')
  })
})
