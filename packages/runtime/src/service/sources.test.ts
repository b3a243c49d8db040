import { platformSources } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import type { Service } from './core.ts'
import { idle, makeWorld, run, stop } from './world.fixture.ts'

describe('the sources of a service', () => {
  it('are told every 5 s and on change, by the leader alone', async () => {
    const world = await makeWorld()
    const work = (service: Service<unknown>) => {
      idle(service)
      service.lead(async () => {})
      service.sources.report('coinbase', { state: 'ok', simulated: true })
    }
    const one = await run(world, work, 'one')
    const two = await run(world, work, 'two')
    one.service.sources.seen('coinbase', 'ok', 30)
    await world.clock.advance(5_000)
    const told = (await one.service.newest(platformSources)).get('crypto-service/coinbase')
    expect(told).toMatchObject({
      simulated: true,
      value: { replica: 'one', leader: true, state: 'ok', reason: null, ratePerMinute: 30 },
    })
    const before = (await one.bus.read(platformSources.topic)).length
    one.service.sources.report('coinbase', { state: 'down', reason: 'timeout' })
    two.service.sources.report('coinbase', { state: 'down', reason: 'not told' })
    await world.clock.advance(10)
    const records = await one.bus.read(platformSources.topic)
    expect(records).toHaveLength(before + 1)
    expect(records.at(-1)?.value?.toString()).toContain('"reason":"timeout"')
    await stop(world, one)
    await stop(world, two)
  })
})
