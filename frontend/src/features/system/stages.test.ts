import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Legs, noLegs, stagesOf, totalOf } from './stages.ts'

const legs: Legs = {
  fact: { channel: 'crypto.ticker', ms: 90 },
  canary: 14,
  replica: 4,
  paint: 11,
}

const msOf = (all: Legs) => stagesOf(all).map(({ ms }) => ms)

describe('stagesOf', () => {
  it('splits the way so that the stages add up to all of it', () => {
    expect(msOf(legs)).toEqual([76, 10, 4, 11])
    expect(totalOf(legs)).toEqual({ from: 'provider', ms: 101 })
    const ms = fc.integer({ min: 0, max: 60_000 })
    fc.assert(
      fc.property(ms, ms, ms, ms, (a, b, c, paint) => {
        const [replica = 0, canary = 0, fact = 0] = [a, b, c].toSorted((x, y) => x - y)
        const all = { fact: { channel: 'x', ms: fact }, canary, replica, paint }
        const sum = msOf(all).reduce((total: number, one) => total + (one ?? Number.NaN), 0)
        expect(sum).toBe(totalOf(all)?.ms)
      }),
    )
  })

  it('leaves out what was not measured and what the clocks contradict', () => {
    expect(msOf(noLegs)).toEqual([undefined, undefined, undefined, undefined])
    expect(msOf({ ...legs, canary: undefined })).toEqual([undefined, undefined, 4, 11])
    expect(msOf({ ...legs, canary: 2 })).toEqual([88, undefined, 4, 11])
    expect(msOf({ ...legs, fact: { channel: 'x', ms: 9 } })).toEqual([undefined, 10, 4, 11])
  })
})

describe('totalOf', () => {
  it('begins where the measurement begins', () => {
    expect(totalOf({ ...legs, fact: undefined })).toEqual({ from: 'service', ms: 25 })
    expect(totalOf(noLegs)).toBeUndefined()
  })
})
