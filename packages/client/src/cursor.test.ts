import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPositions, fitCursor, type RoomCursor } from './cursor.ts'

describe('positions', () => {
  it('only rise, but for a log that began afresh', () => {
    const positions = createPositions()
    positions.raise('crypto.ticker', 0, 5)
    positions.raiseAll('crypto.ticker', { '0': 3, '1': 7 })
    expect(positions.view()).toEqual({ 'crypto.ticker': { '0': 5, '1': 7 } })
    positions.lowerTo('crypto.ticker', { '0': 1 })
    expect(positions.view()).toEqual({ 'crypto.ticker': { '0': 1 } })
  })
})

describe('fitCursor', () => {
  it('never exceeds the limit and leaves out the last rooms only', () => {
    const part: fc.Arbitrary<RoomCursor> = fc.tuple(
      fc.stringMatching(/^crypto\.[A-Z]{1,12}-USD$/),
      fc.constant({ 'crypto.trades': { '0': 123_456_789, '1': 987_654_321 } }),
    )
    const parts = fc.uniqueArray(part, { selector: ([room]) => room, maxLength: 40, size: 'max' })
    fc.assert(
      fc.property(parts, fc.integer({ min: 2, max: 3_000 }), (rooms, limit) => {
        const cursor = fitCursor(rooms, limit)
        expect(JSON.stringify(cursor).length).toBeLessThanOrEqual(limit)
        const names = rooms.map(([room]) => room)
        expect(Object.keys(cursor)).toEqual(names.slice(0, Object.keys(cursor).length))
      }),
    )
  })

  it('leaves nothing out that fits', () => {
    const part: RoomCursor = ['crypto.global', { 'crypto.ticker': { '0': 1 } }]
    expect(fitCursor([part], 8_192)).toEqual(Object.fromEntries([part]))
  })
})
