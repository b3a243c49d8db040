import { cryptoMovers, deadLetterTopic, refreshMovers, refreshTopcoins } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { createMemoryBus } from '../../bus/memory/memory-bus.ts'
import { FluxError } from '../../errors.ts'
import { command, movers } from '../../values.fixture.ts'
import type { Service } from '../core.ts'
import { idle, makeWorld, type Running, run, stop, type World } from '../world.fixture.ts'
import { DeferredError } from './command.ts'

const sendCommand = async ({ clock, broker }: World, record: unknown) => {
  await createMemoryBus({ clock, broker }).send(refreshMovers.topic, [
    { key: 'global', value: JSON.stringify(record), headers: {} },
  ])
  await clock.advance(2_000)
}

const outcomes = async ({ service }: Running): Promise<Record<string, number>> => {
  const metric = await service.metrics.registry.getSingleMetric('flux_commands_total')?.get()
  const seen = (metric?.values ?? []).filter((v) => v.labels['command'] === refreshMovers.name)
  return Object.fromEntries(
    seen.filter((v) => v.value > 0).map((v) => [v.labels['outcome'], v.value]),
  )
}

describe('a command', () => {
  const counting = async (work: (service: Service<unknown>) => Promise<void> = async () => {}) => {
    const world = await makeWorld()
    let calls = 0
    const running = await run(world, (service) => {
      service.handle(refreshMovers, async () => {
        calls += 1
        await work(service)
      })
      service.handle(refreshTopcoins, async () => {})
    })
    return { world, running, calls: () => calls }
  }

  it('runs its work and is not run again under the same id', async () => {
    const { world, running, calls } = await counting()
    await sendCommand(world, command('a', world.clock.now()))
    await sendCommand(world, command('a', world.clock.now()))
    expect(calls()).toBe(1)
    expect(await outcomes(running)).toEqual({ done: 1, duplicate: 1 })
    await stop(world, running)
  })

  it('is done without a call when it is older than a minute', async () => {
    const { world, running, calls } = await counting()
    await sendCommand(world, command('a', world.clock.now() - 61_000))
    expect(calls()).toBe(0)
    expect(await outcomes(running)).toEqual({ expired: 1 })
    await stop(world, running)
  })

  it('is done without a call while the value is younger than half its refresh time', async () => {
    const { world, running, calls } = await counting(async (service) => {
      await service.publish(cryptoMovers, movers(service.clock.now()))
    })
    await sendCommand(world, command('a', world.clock.now()))
    await sendCommand(world, command('b', world.clock.now()))
    expect([calls(), await outcomes(running)]).toEqual([1, { done: 1, fresh: 1 }])
    await world.clock.advance(60_000)
    await sendCommand(world, command('c', world.clock.now()))
    expect(calls()).toBe(2)
    await stop(world, running)
  })

  it('knows through the cache what another replica published', async () => {
    const { world, running, calls } = await counting()
    const other = await run(world, idle, 'two')
    await other.service.publish(cryptoMovers, movers(world.clock.now()))
    await sendCommand(world, command('a', world.clock.now()))
    expect(calls()).toBe(0)
    await stop(world, other)
    await stop(world, running)
  })

  it('counts as deferred when there was no budget, and goes on', async () => {
    const { world, running } = await counting(async () => {
      throw new DeferredError()
    })
    await sendCommand(world, command('a', world.clock.now()))
    expect(await outcomes(running)).toEqual({ deferred: 1 })
    expect(await running.bus.read(deadLetterTopic)).toHaveLength(0)
    await stop(world, running)
  })

  it('becomes a dead letter when it breaks its contract, and the next one is handled', async () => {
    const { world, running, calls } = await counting()
    await sendCommand(world, { id: 1 })
    await sendCommand(world, command('a', world.clock.now()))
    expect(calls()).toBe(1)
    expect(await running.bus.read(deadLetterTopic)).toHaveLength(1)
    await stop(world, running)
  })

  it('ends the process after its dead letter when its work has a bug', async () => {
    const { world, running } = await counting(async () => {
      throw new TypeError('a bug')
    })
    await sendCommand(world, command('a', world.clock.now()))
    await world.clock.advance(20_000)
    expect(await running.host.exited).toBe(1)
    expect(await createMemoryBus({ ...world }).read(deadLetterTopic)).toHaveLength(1)
  })

  it('is tried again after an error that is worth it', async () => {
    let failures = 1
    const { world, running, calls } = await counting(async () => {
      failures -= 1
      if (failures >= 0) throw new FluxError('network', 'away', { retryable: true })
    })
    await sendCommand(world, command('a', world.clock.now()))
    expect([calls(), await outcomes(running)]).toEqual([2, { done: 1 }])
    await stop(world, running)
  })
})
