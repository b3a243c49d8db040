import { cryptoTrades, deadLetterTopic, refreshMovers } from '@flux/contracts'
import { testHost } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createMemoryBus } from '../bus/memory/memory-bus.ts'
import { ContractError } from '../errors.ts'
import { trade } from '../values.fixture.ts'
import { launchService } from './service.ts'
import { idle, makeWorld, type Running, run, stop } from './world.fixture.ts'

const urlOf = ({ service }: Running, path: string) =>
  `http://127.0.0.1:${service.internalPort}${path}`

describe('a service', () => {
  it('publishes a value with its headers and reads it back as the newest of its key', async () => {
    const world = await makeWorld()
    const running = await run(world, idle)
    const at = world.clock.now() - 5
    await running.service.publish(cryptoTrades, trade('BTC-USD', 1, at), { source: 'coinbase' })
    await running.service.publish(cryptoTrades, trade('BTC-USD', 2, at), { source: 'coinbase' })
    const newest = await running.service.newest(cryptoTrades)
    expect([...newest.keys()]).toEqual(['BTC-USD'])
    expect(newest.get('BTC-USD')).toMatchObject({
      value: { tradeId: 2 },
      version: 2,
      at,
      source: 'coinbase',
      simulated: false,
    })
    expect(await stop(world, running)).toBe(0)
  })

  it('refuses a value that breaks its contract, counts it and keeps it as a dead letter', async () => {
    const world = await makeWorld()
    const running = await run(world, idle)
    const bad = { ...trade('BTC-USD', 1, world.clock.now()), price: Number.NaN }
    await expect(running.service.publish(cryptoTrades, bad)).rejects.toThrow(ContractError)
    await expect(running.service.publish(cryptoTrades, bad)).rejects.toThrow(/price/)
    await world.clock.advance(100)
    expect(await running.bus.read(cryptoTrades.topic)).toHaveLength(0)
    const letters = await running.bus.read(deadLetterTopic)
    expect(letters).toHaveLength(1)
    expect(letters[0]?.headers['flux-error']).toBe('contract_broken')
    const refusals = running.host.logged().filter((l) => String(l['msg']).includes('refused'))
    expect(refusals).toHaveLength(1)
    await stop(world, running)
  })

  it('is ready once its group is joined, and degraded without cache', async () => {
    const world = await makeWorld()
    const running = await run(world, idle)
    const ready = await fetch(urlOf(running, '/readyz'))
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready' }])
    world.cache.setAway(true)
    const degraded = await fetch(urlOf(running, '/readyz'))
    expect([degraded.status, await degraded.json()]).toMatchObject([
      200,
      { status: 'degraded', checks: { valkey: { state: 'degraded' } } },
    ])
    await stop(world, running)
  })

  it('does not start when one of its commands has no work', async () => {
    const world = await makeWorld()
    const host = testHost({ clock: world.clock })
    await launchService(
      {
        name: 'crypto-service',
        settings: {},
        start: async (service) => service.handle(refreshMovers, async () => {}),
      },
      host,
      () => ({ bus: createMemoryBus({ ...world }), cache: world.cache }),
    )
    await world.clock.advance(20_000)
    expect(await host.exited).toBe(1)
  })
})
