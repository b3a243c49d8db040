import { systemClock } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { createFaults } from './faults.ts'
import { faultSchema, lastingFaultSchema } from './schemas.ts'

const always = () => true
const at = (time: { now: number }) => createFaults({ ...systemClock, monotonic: () => time.now })

describe('faults', () => {
  it('are spent by use, oldest first', () => {
    const faults = at({ now: 0 })
    faults.add(lastingFaultSchema.parse({ kind: 'gap', count: 2, product: 'BTC-USD' }))
    faults.add(lastingFaultSchema.parse({ kind: 'gap', count: 1 }))
    const products = Array.from({ length: 4 }, () => faults.take('gap', always)?.product)
    expect(products).toEqual(['BTC-USD', 'BTC-USD', undefined, undefined])
    expect(faults.list()).toEqual([])
  })

  it('end with their time', () => {
    const time = { now: 100 }
    const faults = at(time)
    faults.add(lastingFaultSchema.parse({ kind: 'silent', forMs: 50 }))
    expect(faults.list()).toMatchObject([{ id: '1', left: null, endsInMs: 50 }])
    time.now = 149
    expect(faults.take('silent', always)).toBeDefined()
    time.now = 150
    expect(faults.take('silent', always)).toBeUndefined()
    expect(faults.remove('1')).toBe(false)
  })

  it('are taken only by what they fit', () => {
    const faults = at({ now: 0 })
    faults.add(lastingFaultSchema.parse({ kind: 'refuse' }))
    expect(faults.take('silent', always)).toBeUndefined()
    expect(faults.take('refuse', () => false)).toBeUndefined()
    expect(faults.take('refuse', always)?.status).toBe(503)
    expect(faults.clear()).toBe(1)
  })

  it('are refused when something about them is unknown', () => {
    for (const fault of [
      {},
      { kind: 'gap' },
      { kind: 'slow', provider: 'coinbase' },
      { kind: 'drop', count: 1 },
    ]) {
      expect(faultSchema.safeParse(fault).success).toBe(false)
    }
  })
})
