import { describe, expect, it } from 'vitest'
import { addReport, lastLine, noTotals, unexcused } from './test-report.ts'

const file = (status: string, ...tests: readonly [status: string, fullName: string][]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
})

describe('addReport', () => {
  it('sums over runs', () => {
    const first = { testResults: [file('passed', ['passed', 'a'], ['passed', 'b'])] }
    const second = { testResults: [file('failed', ['failed', 'c'], ['skipped', 'd'])] }
    const totals = addReport(addReport(noTotals, first, true), second, false)
    expect(lastLine(totals)).toBe('2 passed, 1 failed, 1 skipped')
  })

  it('counts a file that could not be loaded as a failure', () => {
    const totals = addReport(noTotals, { testResults: [file('failed')] }, false)
    expect(totals.failed).toBe(1)
  })

  it('counts a run that ended badly without a failed test as a failure', () => {
    const fine = { testResults: [file('passed', ['passed', 'a'])] }
    expect(addReport(noTotals, fine, false)).toMatchObject({ passed: 1, failed: 1 })
    expect(addReport(noTotals, undefined, false).failed).toBe(1)
  })
})

describe('unexcused', () => {
  const totals = { passed: 1, failed: 0, skipped: ['reads recordings', 'waits for a browser'] }

  it('excuses tests on recorded data only where there is none', () => {
    expect(unexcused(totals, false)).toEqual(['waits for a browser'])
    expect(unexcused(totals, true)).toEqual(totals.skipped)
  })
})
