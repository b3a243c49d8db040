import { describe, expect, it } from 'vitest'
import { addReport, ending, noTotals, unexcused } from './test-report.ts'

const file = (status: string, ...tests: readonly [status: string, fullName: string][]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
})

describe('addReport', () => {
  it('sums over runs', () => {
    const first = { testResults: [file('passed', ['passed', 'a'], ['passed', 'b'])] }
    const second = { testResults: [file('failed', ['failed', 'c'], ['skipped', 'd'])] }
    const totals = addReport(addReport(noTotals, 'unit', first, true), 'charts', second, false)
    expect(ending(totals).split('\n').at(-1)).toBe('2 passed, 1 failed, 1 skipped')
  })

  it('counts a file that could not be loaded as a failure', () => {
    const totals = addReport(noTotals, 'unit', { testResults: [file('failed')] }, false)
    expect(totals.failed).toEqual(['a.test.ts: could not be run'])
  })

  it('counts a run that ended badly without a failed test as a failure', () => {
    const fine = { testResults: [file('passed', ['passed', 'a'])] }
    expect(addReport(noTotals, 'unit', fine, true).failed).toEqual([])
    const badly = ['unit: ended badly; its output says why']
    expect(addReport(noTotals, 'unit', fine, false)).toMatchObject({ passed: 1, failed: badly })
    expect(addReport(noTotals, 'unit', undefined, false).failed).toEqual(badly)
  })
})

describe('ending', () => {
  it('names each failure and the head of its message above the counts', () => {
    const failureMessages = ['Error: late\n  by 3 s\n  at a.ts\n  at b.ts']
    const test = { status: 'failed', fullName: 'comes in time', failureMessages }
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [test] }]
    const lines = ending(addReport(noTotals, 'unit', { testResults }, false)).split('\n')
    expect(lines[0]).toBe('failed: a.test.ts: comes in time: Error: late')
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped')
    expect(lines).toHaveLength(4)
  })
})

describe('unexcused', () => {
  const totals = { passed: 1, failed: [], skipped: ['reads recordings', 'waits for a browser'] }

  it('excuses tests on recorded data only where there is none', () => {
    expect(unexcused(totals, false)).toEqual(['waits for a browser'])
    expect(unexcused(totals, true)).toEqual(totals.skipped)
  })
})
