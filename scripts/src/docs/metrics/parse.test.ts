import { describe, expect, it } from 'vitest'
import { parseMetrics } from './parse.ts'

describe('metrics in text', () => {
  it('are read with their help, type, labels and buckets', () => {
    const [gauge, histogram, empty] = parseMetrics(`# HELP a_rooms Rooms, "some".
# TYPE a_rooms gauge
a_rooms{domain="crypto",state="fre\\"sh"} 1
a_rooms{domain="news",state="fre\\"sh"} 0

# HELP b_seconds Time.
# TYPE b_seconds histogram
b_seconds_bucket{le="0.1",way="x"} 0
b_seconds_bucket{le="+Inf",way="x"} 0
b_seconds_sum{way="x"} 0
b_seconds_count{way="x"} 0

# HELP c_total Nothing yet.
# TYPE c_total counter
`)
    expect(gauge).toMatchObject({ name: 'a_rooms', type: 'gauge', help: 'Rooms, "some".' })
    expect([...(gauge?.labels ?? [])]).toEqual([
      ['domain', new Set(['crypto', 'news'])],
      ['state', new Set(['fre\\"sh'])],
    ])
    expect(histogram).toMatchObject({ type: 'histogram', buckets: ['0.1', '+Inf'], samples: 4 })
    expect(empty).toMatchObject({ name: 'c_total', samples: 0 })
  })
})
