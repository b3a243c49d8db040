import { describe, expect, it } from 'vitest'
import { observeTraced } from './exemplar.ts'
import { createMetrics } from './metrics.ts'

const openMetrics =
  'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3'

const filled = () => {
  const metrics = createMetrics()
  metrics.counter({ name: 'flux_tries_total', help: 'Tries.' }).inc(2)
  metrics.gauge({ name: 'flux_rooms', help: 'Rooms.', collect: (gauge) => gauge.set(3) })
  const seconds = metrics.histogram({
    ...{ name: 'flux_try_seconds', help: 'Time.', labels: ['way'], buckets: [0.5, 1] },
    ...{ series: [{ way: 'here' }], exemplars: true },
  })
  return { metrics, seconds }
}

describe('metrics as text', () => {
  it('are in the Prometheus format unless OpenMetrics is asked for', async () => {
    const { metrics } = filled()
    const plain = await metrics.expose(undefined)
    expect(plain.type).toContain('text/plain; version=0.0.4')
    expect(plain.body).toContain('# TYPE flux_tries_total counter\nflux_tries_total 2\n')
    const open = await metrics.expose(openMetrics)
    expect(open.type).toContain('application/openmetrics-text; version=1.0.0')
    expect(open.body).toContain('# TYPE flux_tries counter\nflux_tries_total 2\n')
    expect(open.body).toMatch(/\n# EOF\n$/)
  })

  it('keep their names when both formats are asked for in turn and at the same time', async () => {
    const { metrics } = filled()
    const first = await metrics.expose(undefined)
    const [, second, open] = await Promise.all([
      metrics.expose(openMetrics),
      metrics.expose('text/plain'),
      metrics.expose(openMetrics),
    ])
    expect(second.body).toBe(first.body)
    expect(open.body).toContain('\nflux_tries_total 2\n')
    expect(open.body).not.toContain('_total_total')
  })

  it('name the trace of an observation in OpenMetrics alone', async () => {
    const { metrics, seconds } = filled()
    observeTraced(seconds, { labels: { way: 'here' }, value: 0.7 }, 'a'.repeat(32))
    observeTraced(seconds, { labels: { way: 'here' }, value: 0.2 })
    seconds.labels('here').observe(0.3)
    const { body } = await metrics.expose(openMetrics)
    expect(body).toMatch(
      /^flux_try_seconds_bucket\{le="1",way="here"\} 3 # \{trace_id="a{32}"\} 0\.7 \d+(\.\d+)?$/m,
    )
    expect(body).toMatch(/^flux_try_seconds_bucket\{le="0\.5",way="here"\} 2$/m)
    expect((await metrics.expose(undefined)).body).not.toContain('trace_id')
  })
})
