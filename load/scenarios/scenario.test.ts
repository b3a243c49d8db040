import { describe, expect, it } from 'vitest'
import { below, shown, textOf } from './scenario.ts'

const scenario = { name: 'idle', about: 'nothing happens', run: () => Promise.reject() }

describe('a scenario as text', () => {
  it('says of every rule whether it held, and why a run says nothing', () => {
    const verdicts = [
      below('lag', 12.34, { limit: 200, unit: 'ms' }),
      below('lag', 200, { limit: 200, unit: 'ms' }),
      shown('all are held', true, '3 of 3'),
    ]
    const outcome = { figures: ['CPU 3 %'], verdicts, invalid: ['the producer was late'] }
    expect(textOf(scenario, outcome).split('\n')).toEqual([
      'idle: nothing happens',
      '  CPU 3 %',
      '  holds  lag < 200 ms: 12.3 ms',
      '  FAILS  lag < 200 ms: 200 ms',
      '  holds  all are held: 3 of 3',
      '  INVALID: the producer was late',
    ])
  })
})
