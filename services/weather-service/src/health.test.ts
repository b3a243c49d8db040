import { createMemoryCache, type SourcePatch, type Sources } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createHealth } from './health.ts'

const setUp = () => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  const make = () => {
    const reports: SourcePatch[] = []
    const seen: [string, number | undefined][] = []
    const sources: Sources = {
      report: (_, patch) => void reports.push(patch),
      seen: (_, outcome, count) => void seen.push([outcome, count]),
      called: () => {},
      flush: async () => {},
      close: () => {},
    }
    const common = { provider: 'p', callsPerPlace: 3, simulated: true }
    const breaker = () => 'half-open' as const
    const health = createHealth({ ...common, sources, cache, clock, breaker })
    return { health, reports, seen }
  }
  return { clock, make }
}

describe('the health of the provider', () => {
  it('is good until something is known against it', () => {
    const { reports } = setUp().make()
    expect(reports).toEqual([{ state: 'ok', reason: null, breaker: 'closed', simulated: true }])
  })

  it('counts every call of a place', () => {
    const { health, reports, seen } = setUp().make()
    health.worked()
    health.refused()
    expect(seen).toEqual([
      ['ok', 3],
      ['failed', undefined],
    ])
    expect(reports.at(-1)).toMatchObject({ state: 'ok', breaker: 'half_open' })
  })

  it('is told by a replica that has not asked itself, the newest view of all', async () => {
    const { clock, make } = setUp()
    const [one, two] = [make(), make()]
    await clock.advance(1_000)
    one.health.failed('down', 'Pro refuses the key')
    await two.health.follow()
    expect(two.reports.at(-1)).toMatchObject({ state: 'down', reason: 'Pro refuses the key' })
    await clock.advance(1_000)
    two.health.worked()
    await one.health.follow()
    const state = { state: 'ok', reason: null, lastSuccessAt: clock.now() }
    expect(one.reports.at(-1)).toMatchObject(state)
    await two.health.follow()
    expect(two.reports.at(-1)).toMatchObject(state)
  })
})
