import { cryptoTicker, hydrateMessage, protocolLimits } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { createChannelState } from './channel-state.ts'
import { buildHydrate, nothingKnown } from './hydrate.ts'
import { stored } from './stored.fixture.ts'

const ticker = createChannelState(cryptoTicker)
for (let offset = 0; offset < 2_000; offset += 1) {
  const key = `P${offset % 400}-USD`
  ticker.apply(stored({ key, offset, at: offset * 1_000, appendedAt: offset, sample: offset }))
  ticker.advance(0, offset)
}
const source = {
  epoch: 'e',
  stateOf: (name: string) => (name === cryptoTicker.name ? ticker : undefined),
  bornIn: () => new Map<string, readonly string[]>(),
  now: 2_000_000,
}

describe('hydrate', () => {
  const { texts: parts } = buildHydrate('crypto.global', nothingKnown, source)
  const messages = parts.map((text) => hydrateMessage.parse(JSON.parse(text)))

  it('comes in numbered parts of bounded size, the last one marked', () => {
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts)
      expect(part.length).toBeLessThan(protocolLimits.hydratePartBytes * 1.1)
    expect(messages.map((m) => m.part)).toEqual(messages.map((_, i) => i))
    expect(messages.filter((m) => m.last)).toEqual([messages.at(-1)])
  })

  it('holds every key once, its sampled history, and heads for every partition', () => {
    const entries = messages.flatMap((m) => m.channels['crypto.ticker']?.entries ?? [])
    expect(entries).toHaveLength(400)
    const history = messages.flatMap((m) => Object.keys(m.channels['crypto.ticker']?.history ?? {}))
    expect(new Set(history).size).toBe(400)
    expect(messages[0]?.heads).toEqual({
      'crypto.ticker': { 0: 1_999, 1: -1, 2: -1, 3: -1, 4: -1, 5: -1 },
    })
  })

  it('knows since when a client has missed something, if it can be told all of it', () => {
    const cursor = { 'crypto.ticker': { 0: 1_996, 1: -1, 2: -1, 3: -1, 4: -1, 5: -1 } }
    const of = (known: typeof nothingKnown) => buildHydrate('crypto.global', known, source)
    expect(of({ ...nothingKnown, cursor }).missedSince).toBe(1_997)
    const whole = { 'crypto.ticker': { ...cursor['crypto.ticker'], 0: 1_999 } }
    expect(of({ ...nothingKnown, cursor: whole }).missedSince).toBeUndefined()
    expect(of(nothingKnown).missedSince).toBeUndefined()
    expect(of({ ...nothingKnown, cursor, foreign: true }).missedSince).toBeUndefined()
  })

  it('says reset to a cursor of another log', () => {
    const known = { ...nothingKnown, foreign: true }
    const { texts, outcome } = buildHydrate('crypto.global', known, source)
    const [first] = texts
    expect(outcome).toBe('reset')
    expect(hydrateMessage.parse(JSON.parse(first ?? '')).channels['crypto.ticker']?.outcome).toBe(
      'reset',
    )
  })
})
