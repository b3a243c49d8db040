import { expect, it } from 'vitest'
import type { Source } from '../../panels/sources.ts'
import { markOf, providersWords, sourceName, sourceWords, worstOf } from './source-words.ts'

const source = (facts: Partial<Source>): Source => ({
  ...{ service: 'crypto-service', provider: 'coinbase', replica: 'a', leader: true, state: 'ok' },
  ...{ reason: null, enabledBy: null, lastSuccessAt: null, breaker: null, ratePerMinute: 0 },
  ...{ simulated: false, at: 0 },
  ...facts,
})

it.each([
  [{ lastSuccessAt: 6_000 }, '4 s ago'],
  [{ lastSuccessAt: 9_900 }, 'now'],
  [{}, 'nothing taken yet'],
  [{ state: 'down', reason: 'timeout' }, 'down: timeout'],
  [{ state: 'degraded' }, 'degraded'],
  [{ state: 'unconfigured', enabledBy: 'A_KEY' }, 'set A_KEY'],
  [{ state: 'unconfigured' }, 'not set up'],
] as const)('says how a provider does: %o', (facts, words) => {
  expect(sourceWords(source(facts), 10_000)).toBe(words)
})

it('marks a service by its worst provider', () => {
  expect(worstOf([])).toBeUndefined()
  expect(worstOf(['off', 'well'])).toBe('well')
  expect(worstOf(['well', 'weak'])).toBe('weak')
  expect(worstOf(['weak', 'down'])).toBe('down')
  expect(worstOf(['off'])).toBe('off')
  expect(markOf({ state: 'degraded' })).toBe('weak')
})

it('counts the providers that are well among those that are set up', () => {
  const all = (...states: Source['state'][]) => providersWords(states.map((state) => ({ state })))
  expect(all()).toBe('no provider heard of')
  expect(all('unconfigured')).toBe('no provider heard of')
  expect(all('ok', 'ok', 'unconfigured')).toBe('all 2 providers well')
  expect(all('ok', 'down', 'degraded')).toBe('1 of 3 providers well')
})

it('tells a provider’s stream from its other interface', () => {
  expect(sourceName('stock-service/finnhub')).toBe('Finnhub')
  expect(sourceName('stock-service/finnhub-stream')).toMatch(/ stream$/)
})
