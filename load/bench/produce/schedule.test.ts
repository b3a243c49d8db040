import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLatencies } from '../measure/histogram.ts'
import { createSchedule } from './schedule.ts'

describe('the schedule', () => {
  it('is even, and sends nothing early, nothing twice and nothing too few', () => {
    const cases = fc.record({
      perSecond: fc.integer({ min: 1, max: 20_000 }),
      total: fc.integer({ min: 1, max: 5_000 }),
      at: fc.nat({ max: 10_000_000 }),
    })
    fc.assert(
      fc.property(cases, ({ perSecond, total, at }) => {
        const start = 1_000
        const { dueAt, dueBy } = createSchedule({ start, perSecond, total })
        const due = dueBy(start + at)
        expect(due).toBeLessThanOrEqual(total)
        if (due > 0) expect(dueAt(due - 1)).toBeLessThanOrEqual(start + at)
        // A microsecond of rounding.
        if (due < total) expect(dueAt(due)).toBeGreaterThanOrEqual(start + at - 1)
      }),
    )
  })

  it('holds nothing before its start', () => {
    const { dueBy } = createSchedule({ start: 1_000, perSecond: 10, total: 5 })
    expect([dueBy(0), dueBy(999), dueBy(1_000)]).toEqual([0, 0, 1])
  })

  it('counts the wait of records that a stalled sender held back', () => {
    const perSecond = 100
    const { dueAt, dueBy } = createSchedule({ start: 0, perSecond, total: 200 })
    const fromDue = createLatencies()
    const fromSending = createLatencies()
    let sent = 0
    const sendDue = (now: number) => {
      for (; sent < dueBy(now); sent += 1) {
        fromDue.record(now - dueAt(sent))
        fromSending.record(1)
      }
    }
    for (let now = 0; now < 500_000; now += 1_000) sendDue(now)
    // More than a second in which nothing is sent.
    for (let now = 1_700_000; now < 2_000_000; now += 1_000) sendDue(now)
    expect(sent).toBe(200)
    expect(fromSending.summary().p99).toBeLessThan(1)
    expect(fromDue.summary().p50).toBeGreaterThan(1)
    expect(fromDue.summary().p99).toBeGreaterThan(1_150)
  })
})
