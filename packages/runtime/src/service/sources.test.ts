import { platformSources } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import type { Service } from './core.ts'
import { idle, makeWorld, type Running, run, stop } from './world.fixture.ts'

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

  it('show in the metrics of the leader, and of no replica that leads no more', async () => {
    const world = await makeWorld()
    const work = (service: Service<unknown>) => {
      idle(service)
      service.lead(async () => {})
      service.sources.report('coinbase', { state: 'down', breaker: 'half_open' })
    }
    const one = await run(world, work, 'one')
    const two = await run(world, work, 'two')
    const shown = async ({ service }: Running) => {
      const { body } = await service.metrics.expose(undefined)
      const isState =
        /^flux_(source|breaker)_state\{provider="coinbase",state="(\w+)"\} 1$|^flux_(service_leader) 1$/gm
      return [...body.matchAll(isState)].flatMap(([, , state, leader]) => state ?? leader ?? [])
    }
    expect(await shown(one)).toEqual(['down', 'half_open', 'service_leader'])
    expect(await shown(two)).toEqual([])
    const { body } = await two.service.metrics.expose(undefined)
    expect(body).toContain('flux_breaker_state{provider="coinbase",state="open"} 0')
    expect(body).toContain('flux_provider_request_seconds_count{provider="coinbase"} 0')
    one.bus.cut()
    await world.clock.advance(60_000)
    expect(await shown(one)).toEqual([])
    expect(await shown(two)).toEqual(['down', 'half_open', 'service_leader'])
    await stop(world, one)
    await stop(world, two)
  })
})
