import { createMetrics } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createFrame } from '../fanout/frame.ts'
import { type Canary, createCanaryClient, createCanaryTally } from './canary.ts'

const started = 10_000

const tally = () => {
  const counts = { received: 0, missing: 0, duplicate: 0, out_of_order: 0 }
  const late: number[] = []
  const made = createCanaryTally(
    started,
    (outcome, by) => {
      counts[outcome] += by
    },
    ({ seq }) => void late.push(seq),
  )
  const beat = (seq: number, offset = seq): Canary => ({ seq, offset, sentAt: started + seq })
  const take = (...seqs: number[]) => {
    for (const seq of seqs) made.take(beat(seq))
  }
  return { ...made, give: made.take, counts, late, beat, take }
}

describe('the count of canaries', () => {
  it('is whole when every number comes once, in order', () => {
    const { take, counts, late } = tally()
    take(7, 8, 9)
    expect(counts).toEqual({ received: 3, missing: 0, duplicate: 0, out_of_order: 0 })
    expect(late).toEqual([7, 8, 9])
  })

  it('misses what is left out, and knows what comes twice or late', () => {
    const { take, counts } = tally()
    take(1, 2, 5, 5, 4, 6)
    expect(counts).toEqual({ received: 4, missing: 2, duplicate: 1, out_of_order: 1 })
  })

  it('begins with the last one that was sent before the replica was there', () => {
    const { take, counts, ...own } = tally()
    for (const seq of [1, 2]) own.restore({ seq, offset: seq, sentAt: started - 1_000 + seq })
    take(4)
    expect(counts).toEqual({ received: 1, missing: 1, duplicate: 0, out_of_order: 0 })
  })

  it('loses nothing when the sender begins again at a lower number', () => {
    const { take, give, counts, ...own } = tally()
    take(500)
    give(own.beat(1, 501))
    give(own.beat(2, 502))
    expect(counts).toEqual({ received: 3, missing: 0, duplicate: 0, out_of_order: 0 })
  })

  it('loses nothing when the log is another one', () => {
    const { take, counts, ...own } = tally()
    take(500)
    own.forget()
    take(3, 4)
    expect(counts).toEqual({ received: 3, missing: 0, duplicate: 0, out_of_order: 0 })
  })

  it('takes of a hydrate what is news', () => {
    const { take, counts, ...own } = tally()
    take(1, 2)
    for (const seq of [1, 2, 3, 4]) own.restore(own.beat(seq))
    take(5)
    expect(counts).toEqual({ received: 5, missing: 0, duplicate: 0, out_of_order: 0 })
  })
})

describe("the replica's own client", () => {
  const open = () => {
    const clock = manualClock()
    const metrics = createMetrics()
    const watch = createCanaryClient(metrics, clock)
    const entry = (seq: number) => ({
      ...{ k: 'canary', d: { seq, sentAt: clock.now() }, t: clock.now() },
      ...{ p: [0, seq], v: seq },
    })
    const frame = (event: string, value: unknown) =>
      createFrame({ event, wire: JSON.stringify(value), key: undefined })
    const shown = async () =>
      (await metrics.expose(undefined)).body.match(/^flux_canary_\w+_(total|count|sum).*$/gm)
    return { clock, watch, entry, frame, shown }
  }

  it('counts live records and hydrates, with their latency', async () => {
    const { clock, watch, entry, frame, shown } = open()
    const [first, third] = [entry(1), entry(3)]
    await clock.advance(2_000)
    watch([frame('platform.canary', first), frame('presence', { room: 'r', count: 1 })])
    watch([
      frame('hydrate', {
        channels: { 'platform.canary': { outcome: 'snapshot', entries: [third] } },
      }),
    ])
    watch([
      frame('hydrate', { channels: { 'platform.canary': { outcome: 'reset', entries: [] } } }),
    ])
    watch([frame('platform.canary', entry(1))])
    expect(await shown()).toEqual([
      'flux_canary_records_total{outcome="received"} 3',
      'flux_canary_records_total{outcome="missing"} 1',
      'flux_canary_records_total{outcome="duplicate"} 0',
      'flux_canary_records_total{outcome="out_of_order"} 0',
      'flux_canary_latency_seconds_sum 4',
      'flux_canary_latency_seconds_count 3',
    ])
  })
})
