import { cryptoTicker } from '@flux/contracts'
import { createLog, createMetrics } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createChannelState } from '../state/channel-state.ts'
import { stored } from '../state/stored.fixture.ts'
import { createHttp } from './http.ts'

const started = () => {
  const clock = manualClock()
  const state = createChannelState(cryptoTicker)
  const feed = {
    epoch: () => 'e',
    stateOf: (name: string) => (name === cryptoTicker.name ? state : undefined),
  }
  const app = createHttp(feed, {
    clock,
    log: createLog({ name: 'test', level: 'silent' }),
    metrics: createMetrics(),
  })
  const get = (name: string, headers = {}) =>
    app.inject({ url: `/api/v1/channels/${name}`, headers })
  return { clock, state, get }
}

describe('the newest values of a channel', () => {
  it('come without what was removed, and with a tag that stands for them', async () => {
    const { state, get } = started()
    state.apply(stored({ key: 'A-USD', offset: 0 }))
    state.apply(stored({ key: 'B-USD', offset: 1, removed: true }))
    const reply = await get('crypto.ticker')
    expect(reply.json()).toMatchObject({ channel: 'crypto.ticker', epoch: 'e' })
    expect(reply.json().entries.map((e: { k: string }) => e.k)).toEqual(['A-USD'])
    const again = await get('crypto.ticker', { 'if-none-match': reply.headers.etag })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it('are made once a second at most, however often they are asked for', async () => {
    const { clock, state, get } = started()
    const first = await get('crypto.ticker')
    state.apply(stored({ key: 'A-USD', offset: 0 }))
    expect((await get('crypto.ticker')).body).toBe(first.body)
    await clock.advance(1_000)
    const later = await get('crypto.ticker')
    expect(later.json().entries).toHaveLength(1)
    expect(later.headers.etag).not.toBe(first.headers.etag)
  })

  it('are not there for what is no channel', async () => {
    const { get } = started()
    for (const name of ['nope', '__proto__', 'platform.stats'])
      expect((await get(name)).statusCode, name).toBe(404)
    expect((await get('x'.repeat(65))).statusCode).toBe(400)
  })
})
