import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgress, shorterTopics, startAt } from './progress.ts'

describe('startAt', () => {
  it('never goes below the start of the log, and never back', () => {
    const offset = fc.nat(1000)
    const known = fc.option(offset, { nil: undefined })
    const byTime = fc.option(fc.integer({ min: -1, max: 1000 }), { nil: undefined })
    fc.assert(
      fc.property(offset, offset, known, byTime, (a, b, position, time) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const next = startAt({ known: position, low, high, byTime: time })
        expect(next).toBeGreaterThanOrEqual(low)
        if (position !== undefined) expect(next).toBeGreaterThanOrEqual(position)
      }),
    )
  })

  it('starts where it is asked to', () => {
    const ends = { known: undefined, low: 5, high: 20 }
    expect(startAt(ends)).toBe(5)
    expect(startAt({ ...ends, byTime: 12 })).toBe(12)
    expect(startAt({ ...ends, byTime: 2 })).toBe(5)
    expect(startAt({ ...ends, byTime: -1 })).toBe(20)
  })
})

describe('createProgress', () => {
  it('is behind until every partition has reached the end it aimed at', () => {
    const progress = createProgress()
    progress.place('a', 0, 0)
    progress.place('a', 1, 7)
    expect(progress.behind()).toEqual([])
    progress.aim(
      new Map([
        [
          'a',
          [
            { low: 0, high: 3 },
            { low: 7, high: 7 },
          ],
        ],
      ]),
    )
    expect(progress.behind()).toMatchObject([{ topic: 'a', partition: 0, next: 0 }])
    progress.place('a', 0, 2)
    expect(progress.behind()).toHaveLength(1)
    // Later records than the end that was aimed at: reached all the more.
    progress.place('a', 0, 9)
    expect(progress.behind()).toEqual([])
    expect(progress.positions('a')).toEqual([9, 7])
  })

  it('forgets a topic', () => {
    const progress = createProgress()
    progress.place('a', 0, 5)
    progress.clear('a')
    expect(progress.next('a', 0)).toBeUndefined()
    expect(progress.all()).toEqual([])
  })
})

describe('shorterTopics', () => {
  it('names a topic that ends before what was read, once', () => {
    const wanted = [
      { topic: 'a', partition: 0, next: 5 },
      { topic: 'a', partition: 1, next: 5 },
      { topic: 'b', partition: 0, next: 5 },
      { topic: 'gone', partition: 0, next: 5 },
    ]
    const end = (high: number) => ({ low: 0, high })
    const ends = new Map([
      ['a', [end(4), end(0)]],
      ['b', [end(5)]],
    ])
    expect(shorterTopics(wanted, ends)).toEqual(['a'])
  })
})
