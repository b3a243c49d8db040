import { describe, expect, it } from 'vitest'
import { plain } from '../drivers/baseline.ts'
import { flux } from '../drivers/flux.ts'
import { fullPlan } from '../plan.ts'
import type { RunResult } from '../result.ts'
import { benchmarksPage } from './page.ts'
import type { GroupResult } from './results.ts'
import { withGroup } from './results.ts'
import { summarize } from './summary.ts'

const times = (p50: number, p99: number) => ({ count: 10, p50, p99, p999: p99, max: p99 })

const run = (
  driver: string,
  recordsPerSecond: number,
  own: Partial<RunResult> = {},
): RunResult => ({
  driver,
  load: {
    ...{ clients: 500, recordsPerSecond, keys: 50, valueBytes: 250 },
    ...{ delivery: 'ordered', rooms: 'one' },
  },
  ...{ seconds: 5, deliveredPerSecond: 500 * recordsPerSecond, offered: 1_000, delivered: 1_000 },
  ...{ complete: true, misordered: 0, settledMs: 0, cpuShare: 0.5, rssMib: 100 },
  ...{ latency: times(10, 30), age: times(0, 0), handshake: times(5, 9), probe: times(1, 4) },
  ...{ cpuMicrosPerDelivery: 0.5, bytesPerEvent: 330, idleShare: 0.2, invalid: [] },
  ...own,
})

const group = (runs: readonly RunResult[]): GroupResult => ({
  name: 'beside',
  day: '2026-01-01',
  machine: {
    ...{ cpu: 'A CPU', cores: 2, memoryGib: 8, kernel: 'Linux 6', node: 'v24' },
    ...{ versions: { 'socket.io': '4' }, commit: 'abc' },
  },
  ...{ repetitions: 2, seconds: 5 },
  runs: [...runs],
})

const pageOf = (runs: readonly RunResult[]) =>
  benchmarksPage({ plan: fullPlan, results: [group(runs)], drivers: [flux, plain] })

describe('the summary', () => {
  it('is one row per load and server with the middle and the spread', () => {
    const rows = summarize([
      run('flux', 100, { cpuMicrosPerDelivery: 1 }),
      run('plain', 100),
      run('flux', 100, { cpuMicrosPerDelivery: 3 }),
      run('flux', 100, { cpuMicrosPerDelivery: 2, complete: false }),
      run('flux', 100, { cpuMicrosPerDelivery: 9, invalid: ['late'] }),
    ])
    expect(rows.map((row) => [row.driver, row.runs])).toEqual([
      ['flux', 3],
      ['plain', 1],
    ])
    expect(rows[0]).toMatchObject({
      cpuMicros: { low: 1, median: 2, high: 3 },
      complete: false,
      invalid: [],
    })
  })
})

describe('the page', () => {
  it('says what holds, what does not, and what was not measured', () => {
    const page = pageOf([run('flux', 1_000), run('flux', 100), run('plain', 100)])
    expect(page).toMatch(/500 clients × 1000 records\/s.*\| yes \|/)
    expect(page).toMatch(/200 clients × 100 records\/s.*not measured \| – \|/)
    const slow = pageOf([run('flux', 1_000, { latency: times(40, 61) })])
    expect(slow).toMatch(/500 clients × 1000 records\/s.*\| \*\*no\*\* \|/)
  })

  it('marks runs whose load generator was at its limit', () => {
    const page = pageOf([run('flux', 1_000, { invalid: ['too late'] })])
    expect(page).toContain('no: too late')
    expect(page).toMatch(/500 clients × 1000 records\/s.*no valid run \| – \|/)
  })

  it('names the machine', () => {
    expect(pageOf([run('flux', 100)])).toContain('A CPU, 2 cores, 8 GiB, Linux 6, Node v24')
  })
})

describe('results', () => {
  it('replace the group of their name and leave the others', () => {
    const other = { ...group([]), name: 'rooms' }
    const fresh = { ...group([]), day: '2026-02-02' }
    expect(withGroup([group([]), other], fresh)).toEqual([fresh, other])
    expect(withGroup([other], fresh)).toEqual([other, fresh])
  })
})
