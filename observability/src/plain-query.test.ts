import { describe, expect, it } from 'vitest'
import { faultsIn, metricsIn, plainQuery, selectorsIn } from './plain-query.ts'

describe('a query of a dashboard', () => {
  it('becomes one that Prometheus takes', () => {
    const expr = 'sum by (job) (rate(flux_a_total{job=~"$job", pod=~"$pod"}[$__rate_interval]))'
    expect(faultsIn(expr).length).toBeGreaterThan(0)
    expect(plainQuery(expr, 5)).toBe('sum by (job) (rate(flux_a_total{job=~".*", pod=~".*"}[20s]))')
    expect(faultsIn(plainQuery(expr))).toEqual([])
  })

  it('tells the metrics it selects, and neither labels nor functions', () => {
    const expr =
      'sum by (channel) (rate(flux_b_total{c="d"}[5m])) / on (channel) flux:e:rate5m offset 1h or absent(up)'
    expect([...metricsIn(expr)]).toEqual(['flux_b_total', 'flux:e:rate5m', 'up'])
  })

  it('tells its selectors', () => {
    const expr = 'rate(flux_b_total{c="d"}[5m]) > 2 unless on (job) up == 0'
    expect(selectorsIn(expr)).toEqual(['flux_b_total{c="d"}', 'up'])
  })

  it('has faults where it does not parse', () => {
    expect(faultsIn('sum(rate(flux_a_total[5m])').length).toBeGreaterThan(0)
  })
})
