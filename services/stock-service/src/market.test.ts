import { describe, expect, it } from 'vitest'
import { isTrading, marketAt } from './market.ts'

const at = (text: string) => Date.parse(`2026-09-16T${text}-04:00`)
const unknown = { status: 'unknown', holiday: null, nextChangeAt: null }

describe('the market', () => {
  it('is what the provider said', () => {
    const word = { status: 'open', holiday: null, saidAt: at('10:00') } as const
    const now = { status: 'open', holiday: null, nextChangeAt: at('16:00') }
    expect(marketAt(word, at('10:15'))).toEqual(now)
  })

  it('is unknown when the provider has not said, or too long ago', () => {
    const word = { status: 'open', holiday: null, saidAt: at('10:00') } as const
    expect(marketAt(undefined, at('10:00'))).toEqual(unknown)
    expect(marketAt(word, at('10:16'))).toEqual(unknown)
  })

  it('is not what it was before the session opened or closed', () => {
    const before = { status: 'pre', holiday: null, saidAt: at('09:29') } as const
    expect(marketAt(before, at('09:30'))).toEqual(unknown)
    const open = { status: 'open', holiday: null, saidAt: at('15:59') } as const
    expect(marketAt(open, at('16:00'))).toEqual(unknown)
  })

  it('trades when it is open; regular hours stand in while nothing is known', () => {
    const now = (status: 'open' | 'holiday' | 'unknown') => ({ ...marketAt(undefined, 0), status })
    expect(isTrading(now('open'), at('22:00'))).toBe(true)
    expect(isTrading(now('holiday'), at('12:00'))).toBe(false)
    expect(isTrading(now('unknown'), at('12:00'))).toBe(true)
    expect(isTrading(now('unknown'), at('22:00'))).toBe(false)
  })
})
