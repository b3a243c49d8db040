import { describe, expect, it } from 'vitest'
import { type KeptClient, keptText, maxCharacters, restorable } from './kept.ts'

const now = 1_700_000_000_000
const minute = 60_000

type Held = NonNullable<ReturnType<KeptClient['read']>>
type Values = Record<string, Record<string, Held>>

const held = (value: unknown, at = now): Held => ({ value, at, simulated: false })

/** A client that holds these values, live in these rooms. */
const clientWith = (values: Values, live: readonly string[] = []): KeptClient => ({
  keys: (channel) => Object.keys(values[channel] ?? {}),
  read: (channel, key) => values[channel]?.[key],
  room: (room) => (live.includes(room) ? 'live' : 'waiting'),
})

const keysIn = (text: string) => JSON.parse(text).map((row: unknown[]) => `${row[0]} ${row[1]}`)
const atsIn = (text: string) => JSON.parse(text).map((row: unknown[]) => row[2])

describe('the text that is stored', () => {
  it('has the newest values of the domains, and no series and nothing of the platform', () => {
    const values = {
      ...{ weather: { 'oslo-no': held({}) }, 'crypto.ticker': { 'BTC-USD': held({}) } },
      ...{ 'crypto.candles': { 'BTC-USD@1': held({}) }, 'crypto.trades': { 'BTC-USD': held({}) } },
      'platform.sources': { 'weather-service/open-meteo': held({}) },
    }
    expect(keysIn(keptText(clientWith(values), null, now))).toEqual([
      'weather oslo-no',
      'crypto.ticker BTC-USD',
    ])
  })

  it('keeps what another tab has stored of rooms that are not live here, the newer of two', () => {
    const before = keptText(
      clientWith({
        'crypto.ticker': { 'OLD-USD': held({}) },
        weather: { 'oslo-no': held({}, now), 'bergen-no': held({}, now - minute) },
      }),
      null,
      now,
    )
    const own = clientWith(
      {
        'crypto.ticker': { 'BTC-USD': held({}) },
        weather: { 'oslo-no': held({}, now - 2 * minute), 'bergen-no': held({}, now) },
      },
      ['crypto.global'],
    )
    const text = keptText(own, before, now)
    expect(keysIn(text)).not.toContain('crypto.ticker OLD-USD')
    expect(keysIn(text)).toHaveLength(3)
    expect(atsIn(text)).toEqual([now, now, now])
  })

  it('lets go of what is older than its channel keeps', () => {
    const old = clientWith({ weather: { 'oslo-no': held({}, now - 25 * 60 * minute) } })
    expect(keptText(clientWith({}), keptText(old, null, now), now)).toBe('[]')
  })

  it('has an end: the oldest values go first', () => {
    const large = 'x'.repeat(maxCharacters / 3)
    const weather = {
      a: held(large, now - 3),
      b: held(large, now - 1),
      c: held(large, now - 2),
    }
    const text = keptText(clientWith({ weather }), null, now)
    expect(text.length).toBeLessThanOrEqual(maxCharacters)
    expect(keysIn(text)).toEqual(['weather b', 'weather c'])
  })
})

describe('what is shown again', () => {
  it('is what this build knows the shape of', () => {
    const ticker = {
      ...{ product: 'BTC-USD', price: 1, open24h: 1, low24h: 1, high24h: 1, lastSize: null },
      ...{ volume24h: 1, volume24hUsd: null, change24hPercent: 0, bestBid: null, bestAsk: null },
      ...{ side: 'buy', tradeId: 1, sequence: 1, at: now },
    }
    const rows = [
      ['crypto.ticker', 'BTC-USD', now, 1, ticker],
      ['crypto.ticker', 'ETH-USD', now, 0, { price: 'high' }],
      ['no.channel', 'x', now, 0, ticker],
      ['crypto.ticker', 'SOL-USD', null, 0, ticker],
      'no row',
    ]
    const values = restorable(JSON.stringify(rows))
    expect(values.map(({ key, simulated }) => [key, simulated])).toEqual([['BTC-USD', true]])
  })

  it('is nothing where the text is none of ours', () => {
    for (const text of [null, '', '{', '{}', '"x"']) expect(restorable(text)).toEqual([])
  })
})
