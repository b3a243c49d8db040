import { describe, expect, it } from 'vitest'
import { downWords, missingKeyOf, type Source, sourceNames, sourceTrouble } from './sources.ts'

const source = (facts: Partial<Source>): Source => ({
  service: 'crypto-service',
  provider: 'coinbase',
  replica: 'a',
  leader: true,
  state: 'ok',
  reason: null,
  enabledBy: null,
  lastSuccessAt: null,
  breaker: null,
  ratePerMinute: 0,
  simulated: false,
  at: 0,
  ...facts,
})

describe('sourceTrouble', () => {
  it('is silent on a provider that is well', () => {
    expect(sourceTrouble(source({}))).toBeUndefined()
  })

  it.each([
    [{ state: 'down', reason: 'timeout.' }, 'Coinbase does not answer: timeout.'],
    [{ state: 'degraded' }, 'Coinbase answers in part.'],
    [{ state: 'unconfigured', provider: 'x', enabledBy: 'X_KEY' }, 'x is not set up: set X_KEY.'],
  ] as const)('says what is wrong: %o', (facts, words) => {
    expect(sourceTrouble(source(facts))).toBe(words)
  })
})

describe('sourceNames', () => {
  it('names each provider once', () => {
    const all = [source({ provider: 'coingecko' }), source({}), source({ replica: 'b' })]
    expect(sourceNames(all, 'coinbase')).toBe('Coinbase, CoinGecko')
    expect(sourceNames([], 'coinbase')).toBe('Coinbase')
  })
})

describe('missingKeyOf', () => {
  const off = source({ state: 'unconfigured', enabledBy: 'A_KEY' })

  it('names the key only where no provider is set up', () => {
    expect(missingKeyOf([off])).toBe('A_KEY')
    expect(missingKeyOf([source({ state: 'unconfigured' })])).toBe('')
    expect(missingKeyOf([off, source({ provider: 'b' })])).toBeUndefined()
    expect(missingKeyOf([])).toBeUndefined()
  })
})

describe('downWords', () => {
  it('speaks for the first provider that is down', () => {
    expect(downWords([source({}), source({ state: 'down', reason: 'timeout' })])).toBe(
      'Coinbase does not answer: timeout.',
    )
    expect(downWords([source({})])).toBeUndefined()
  })
})
