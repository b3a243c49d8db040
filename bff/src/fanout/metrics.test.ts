import { createMetrics } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { createFrame } from './frame.ts'
import { createFanoutMetrics } from './metrics.ts'

const frame = (event: string) => createFrame({ event, wire: '{}', key: undefined })

describe('the metrics of the fan-out', () => {
  it('count what leaves for a room by channel, and nothing that is no record', async () => {
    const metrics = createMetrics()
    const fanout = createFanoutMetrics(metrics)
    const events = ['crypto.trades', 'crypto.trades', 'presence', 'crypto.candles', 'crypto.trades']
    fanout.left(events.map(frame))
    const { body } = await metrics.expose(undefined)
    expect(body).toContain('flux_fanout_events_total{channel="crypto.trades"} 3')
    expect(body).toContain('flux_fanout_events_total{channel="crypto.candles"} 1')
    expect(body).not.toContain('presence')
  })

  it('name the trace of a delivery that has one', async () => {
    const metrics = createMetrics()
    const fanout = createFanoutMetrics(metrics)
    fanout.delivered('crypto.ticker', 20)
    fanout.delivered('crypto.ticker', 400, 'a'.repeat(32))
    const { body } = await metrics.expose('application/openmetrics-text')
    expect(body).toMatch(
      /_bucket\{le="0.5",channel="crypto.ticker"\} 2 # \{trace_id="a{32}"\} 0.4 /,
    )
    expect(body).toMatch(/_bucket\{le="0.025",channel="crypto.ticker"\} 1$/m)
  })
})
