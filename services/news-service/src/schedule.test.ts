import { loadConfig } from '@flux/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newsSettings } from './config.ts'
import { dayMs, dueIn, planFaults, spareCredits } from './schedule.ts'

const plan = (everySeconds: number, dailyCredits = 200, burstCredits = 30) => ({
  everyMs: everySeconds * 1_000,
  dailyCredits,
  burstCredits,
})

describe('the plan', () => {
  it('is by default 180 calls of 200 a day, and 20 to spare', () => {
    const { everySeconds, dailyCredits, burstCredits } = loadConfig(newsSettings, {})
    expect(everySeconds).toBe(480)
    expect(spareCredits(plan(everySeconds, dailyCredits, burstCredits))).toBe(20)
    expect(planFaults(plan(everySeconds, dailyCredits, burstCredits))).toEqual([])
  })

  it('is refused when it takes more than the plan allows, for each limit', () => {
    expect(planFaults(plan(432))).toEqual([])
    expect(planFaults(plan(431))).toEqual([
      'NEWS_EVERY_SECONDS is 431: 201 calls in 24 hours are more than NEWSDATA_DAILY_CREDITS allows (200)',
    ])
    expect(planFaults(plan(20, 10_000))).toEqual([
      'NEWS_EVERY_SECONDS is 20: 45 calls in 15 minutes are more than NEWSDATA_BURST_CREDITS allows (30)',
    ])
  })

  it('never takes more than the day has when it is not refused', () => {
    const whole = fc.integer({ min: 1, max: 100_000 })
    fc.assert(
      fc.property(whole, whole, (every, credits) => {
        const own = plan(every, credits, 1_000_000)
        const scheduled = Math.ceil(dayMs / own.everyMs)
        expect(planFaults(own).length === 0).toBe(scheduled <= credits)
        expect(scheduled + spareCredits(own)).toBe(credits)
      }),
    )
  })
})

describe('the next call', () => {
  it.each([
    ['at once when there has been none', undefined, 0],
    ['a period after the last', 990_000, 470_000],
    ['at once when it is overdue', 10_000, 0],
    ['a period away at most when the clock was set back', 5_000_000, 480_000],
  ])('is due %s', (_, last, wait) => {
    expect(dueIn(last, 1_000_000, 480_000)).toBe(wait)
  })
})
