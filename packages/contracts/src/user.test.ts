import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNewerUpdate, toUserUpdate, type UserUpdate, userUpdateMessage } from './user.ts'

const update: fc.Arbitrary<UserUpdate> = fc.record({
  field: fc.constant('watchlist'),
  value: fc.array(fc.constantFrom('AAPL', 'BTC-USD', 'MSFT'), { maxLength: 3 }),
  ver: fc.nat({ max: 3 }),
})

describe('what a user keeps', () => {
  it('ends as the same value in whatever order its updates come', () => {
    const winner = (updates: readonly UserUpdate[]) =>
      updates.reduce((held, one) => (isNewerUpdate(one, held) ? one : held))
    const shuffled = fc
      .array(update, { minLength: 1, maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      )
    fc.assert(
      fc.property(shuffled, ([first, second]) => {
        expect(winner(first)).toEqual(winner(second))
      }),
    )
  })

  it('is not replaced by itself', () => {
    fc.assert(
      fc.property(update, (one) => {
        expect(isNewerUpdate(one, { ...one })).toBe(false)
      }),
    )
  })

  it('has bounds', () => {
    const takes = (message: object) => userUpdateMessage.safeParse(message).success
    expect(takes({ field: 'units', value: 'metric', ver: 1 })).toBe(true)
    expect(takes({ field: 'home', value: null, ver: 1 })).toBe(true)
    expect(takes({ field: 'units', value: 'kelvin', ver: 1 })).toBe(false)
    expect(takes({ field: 'units', value: 'metric', ver: -1 })).toBe(false)
    expect(takes({ field: 'units', value: 'metric', ver: 1, more: 1 })).toBe(false)
    expect(takes({ field: 'watchlist', value: Array(101).fill('A'), ver: 1 })).toBe(false)
    expect(takes({ field: 'places', value: ['Oslo'], ver: 1 })).toBe(false)
    expect(takes({ field: 'userId', value: 'x', ver: 1 })).toBe(false)
  })

  it('is set by what is told of it', () => {
    const oslo = { id: 'oslo-no', name: 'Oslo', country: 'NO', latitude: 60, longitude: 11 }
    const place = { ...oslo, zone: 'Europe/Oslo' }
    expect(toUserUpdate({ field: 'home', value: place, ver: 3 })).toEqual({
      field: 'home',
      value: 'oslo-no',
      ver: 3,
    })
    expect(toUserUpdate({ field: 'home', value: null, ver: 3 }).value).toBeNull()
  })
})
