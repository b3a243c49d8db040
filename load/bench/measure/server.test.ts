import { describe, expect, it } from 'vitest'
import { cpuSecondsIn, cpuSecondsOf, rssMibOf } from './server.ts'

describe('what /proc says', () => {
  it('is the CPU time of user and system, whatever the program is called', () => {
    const stat = '12 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 250 150 0 0 20 0'
    expect(cpuSecondsIn(stat)).toBe(4)
  })

  it('is there for this process', () => {
    expect(cpuSecondsOf(process.pid)).toBeGreaterThan(0)
    expect(rssMibOf(process.pid)).toBeGreaterThan(10)
  })
})
