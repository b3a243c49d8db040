import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, startBench } from '../bench/bench.ts'
import { plain } from '../bench/drivers/baseline.ts'
import { flux } from '../bench/drivers/flux.ts'
import { runOnce } from '../bench/run.ts'

describe('a run of the bench', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await startBench()
  })

  afterAll(() => bench?.close())

  const times = { seconds: 1, warmSeconds: 0.5 }
  const total = 2
  const common = { clients: 20, recordsPerSecond: 100, keys: 10, valueBytes: 250 }

  it.each([flux, plain])('counts exactly what was produced: $name', async (driver) => {
    const load = { ...common, delivery: 'ordered' as const, rooms: 'one' as const }
    const result = await runOnce(bench, { driver, load, ...times, processes: 2 })
    expect(result.complete).toBe(true)
    expect(result.offered).toBe((total * common.recordsPerSecond + common.keys) * common.clients)
    expect(result.delivered).toBe(result.offered)
    expect(result.latency.count).toBeGreaterThan(200)
    expect(result.bytesPerEvent).toBeGreaterThan(common.valueBytes)
    expect(result.cpuMicrosPerDelivery).toBeGreaterThan(0)
  })

  it('counts what was left out of a channel that owes the newest values only', async () => {
    const load = { ...common, delivery: 'latest' as const, rooms: 'one' as const }
    const result = await runOnce(bench, { driver: flux, load, ...times, processes: 1 })
    expect(result).toMatchObject({ complete: true, misordered: 0 })
    expect(result.delivered).toBeLessThanOrEqual(result.offered)
    expect(result.age.count).toBeGreaterThan(0)
  })

  it('gives every client its own records in rooms per key', async () => {
    const load = { ...common, keys: 20, delivery: 'ordered' as const, rooms: 'per-key' as const }
    const result = await runOnce(bench, { driver: flux, load, ...times, processes: 2 })
    expect(result.complete).toBe(true)
    expect(result.delivered).toBe(total * common.recordsPerSecond + 20)
  })
})
