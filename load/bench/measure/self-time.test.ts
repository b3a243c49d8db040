import { describe, expect, it } from 'vitest'
import { selfTimes, sharesOf } from './self-time.ts'

const node = (id: number, functionName: string, url = '') => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
})

const profile = {
  nodes: [
    node(1, '(idle)'),
    node(2, 'writev'),
    node(3, 'add', 'file:///home/me/flux/bff/src/fanout/pending.ts'),
    node(4, '', 'file:///home/me/flux/node_modules/kafkajs/src/index.js'),
    node(5, 'writev'),
  ],
  samples: [1, 2, 3, 4, 5, 2],
  timeDeltas: [1_000, 30, 20, 10, 10, 30],
}

describe('self time', () => {
  it('is told by kind of work, without idle time, the same function added up', () => {
    const times = selfTimes(profile)
    expect(sharesOf(times, (t) => t.kind)).toEqual([
      { name: 'kernel writes', share: 0.7 },
      { name: 'fan-out', share: 0.2 },
      { name: 'Kafka', share: 0.1 },
    ])
    expect(sharesOf(times, (t) => t.name)[0]).toEqual({ name: 'writev', share: 0.7 })
  })

  it('names a function by its place in the repository', () => {
    expect(selfTimes(profile).map((t) => t.place)).toContain('bff/src/fanout/pending.ts:10')
  })

  it('leaves out the start', () => {
    const times = selfTimes(profile, 0.00105)
    expect(sharesOf(times, (t) => t.kind).map((s) => s.name)).toEqual([
      'kernel writes',
      'fan-out',
      'Kafka',
    ])
    expect(selfTimes(profile, 0.00106).map((t) => t.kind)).not.toContain('fan-out')
  })
})
