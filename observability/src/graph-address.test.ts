import { expect, it } from 'vitest'
import { graphAddresses } from './graph-address.ts'

it('draws the queries of a dashboard on the metrics of our own processes', () => {
  const queries = [
    {
      where: 'dashboard a',
      what: 'one',
      source: 'app',
      expr: 'rate(flux_x_total[$__rate_interval])',
    },
    { where: 'dashboard a', what: 'two', source: 'kube', expr: 'kube_pod_info' },
    { where: 'dashboard b', what: 'three', source: 'app', expr: 'flux_y' },
  ] as const
  const addresses = graphAddresses('http://127.0.0.1:9090', queries)
  const asked = [...addresses].map(([where, address]) => [
    where,
    [...new URL(address).searchParams].filter(([name]) => name.endsWith('.expr')),
  ])
  expect(asked).toEqual([
    ['dashboard a', [['g0.expr', 'rate(flux_x_total[20s])']]],
    ['dashboard b', [['g0.expr', 'flux_y']]],
  ])
})
