import {
  type Channel,
  channelByName,
  platformSources,
  stockPerformers,
  stockQuotes,
  weather,
} from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { type ChannelState, createChannelState } from './channel-state.ts'
import type { Stored } from './decode.ts'
import { freshnessOf, newestAt } from './freshness.ts'
import { stored } from './stored.fixture.ts'

const now = 1_000_000_000_000
const hour = 3_600_000

const world = () => {
  const states = new Map<string, ChannelState>()
  let offset = 0
  const put = (channel: Channel, entry: Partial<Stored> & { key: string }, value?: unknown) => {
    const state = states.get(channel.name) ?? createChannelState(channel)
    states.set(channel.name, state)
    offset += 1
    const room = channel.roomOf(entry.key)
    const wire = value === undefined ? {} : { wire: JSON.stringify({ k: entry.key, d: value }) }
    state.apply(stored({ at: now, offset, room, ...wire, ...entry }))
  }
  const source = (service: string, state: string, provider = 'one') =>
    put(
      platformSources,
      { key: `${service}/${provider}` },
      {
        ...{ service, provider, replica: 'r', leader: true, state, reason: null, enabledBy: null },
        ...{ lastSuccessAt: null, breaker: null, ratePerMinute: 0, simulated: false, at: now },
      },
    )
  const counts = (...occupied: string[]) =>
    Object.fromEntries(freshnessOf({ occupied, now, stateOf: (name) => states.get(name) }))
  return { put, source, counts, states }
}

describe('freshness', () => {
  it('counts occupied rooms by the newest value of each channel that feeds them', () => {
    const { put, counts } = world()
    const old = now - weather.ages.staleAfterMs - 1
    put(weather, { key: 'oslo-no', at: now - weather.ages.staleAfterMs })
    put(weather, { key: 'paris-fr', at: old })
    put(weather, { key: 'rome-it', at: old })
    expect(counts('weather.oslo-no', 'weather.paris-fr', 'weather.lima-pe')).toEqual({
      weather: { fresh: 1, stale: 1, missing: 1 },
    })
  })

  it('takes a room for as fresh as its newest key, and removed keys for nothing', () => {
    const { put, counts, states } = world()
    const ticker = channelByName('crypto.ticker')
    if (!ticker) throw new Error('no ticker')
    put(ticker, { key: 'ETH-USD', at: now - hour })
    put(ticker, { key: 'BTC-USD', at: now, removed: true })
    expect(counts('crypto.global')).toMatchObject({
      'crypto.ticker': { fresh: 0, stale: 1, missing: 0 },
      'crypto.movers': { fresh: 0, stale: 0, missing: 1 },
    })
    expect(newestAt(states.get('crypto.ticker')?.rooms() ?? [])).toBe(now - hour)
  })

  it('leaves out what no configured provider can give, and only that', () => {
    const { source, counts } = world()
    source('news-service', 'unconfigured')
    expect(counts('news.global')).toEqual({})
    source('news-service', 'down', 'two')
    expect(counts('news.global')).toEqual({ 'news.headlines': { fresh: 0, stale: 0, missing: 1 } })
    expect(counts('weather.oslo-no')).toHaveProperty('weather')
  })

  it.each([
    ['is open', { status: 'open', nextChangeAt: now + hour }, 1],
    ['has said nothing', { status: 'unknown', nextChangeAt: null }, 1],
    ['is closed', { status: 'closed', nextChangeAt: now + hour }, 0],
    ['has a holiday', { status: 'holiday', nextChangeAt: null }, 0],
    ['was closed, and should have opened since', { status: 'closed', nextChangeAt: now - 1 }, 1],
  ])('of an exchange that %s', (_, session, stale) => {
    const { put, counts } = world()
    put(stockQuotes, { key: 'AAPL', at: now - hour })
    put(stockPerformers, { key: 'US', at: now - hour }, session)
    expect(counts('stock.global')['stock.quotes']?.stale ?? 0).toBe(stale)
    expect(counts('stock.global')['stock.performers']?.stale ?? 0).toBe(stale)
  })
})
