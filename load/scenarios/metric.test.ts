import { describe, expect, it } from 'vitest'
import { valueIn } from './metric.ts'

const text = [
  '# TYPE flux_hydrates_total counter',
  'flux_hydrates_total{outcome="recovered"} 12',
  'flux_sockets 3',
  'flux_sockets_evicted_total 9',
].join('\n')

describe('the value of a series', () => {
  it('is that of the very series, labels included', () => {
    expect(valueIn(text, 'flux_hydrates_total{outcome="recovered"}')).toBe(12)
    expect(valueIn(text, 'flux_sockets')).toBe(3)
  })

  it('is 0 where the series is not there', () => {
    expect(valueIn(text, 'flux_hydrates_total{outcome="reset"}')).toBe(0)
  })
})
