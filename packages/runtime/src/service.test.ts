import {
  type CommandRecord,
  cryptoMovers,
  cryptoTicker,
  cryptoTrades,
  deadLetterTopic,
  platformSources,
  refreshMovers,
  refreshTopcoins,
  topics,
} from '@flux/contracts'
import { type ManualClock, manualClock, type TestHost, testHost } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createMemoryBroker, type MemoryBroker } from './bus/memory/broker.ts'
import { createMemoryBus, type MemoryBus } from './bus/memory/memory-bus.ts'
import { createMemoryCache, type MemoryCache } from './cache/memory.ts'
import { DeferredError } from './commands.ts'
import { ContractError, FluxError } from './errors.ts'
import { launchService } from './service.ts'
import type { Service } from './service-core.ts'

interface World {
  readonly clock: ManualClock
  readonly broker: MemoryBroker
  readonly cache: MemoryCache
}

const makeWorld = async (): Promise<World> => {
  const clock = manualClock()
  const broker = createMemoryBroker({ clock })
  await createMemoryBus({ clock, broker }).ensureTopics(topics)
  return { clock, broker, cache: createMemoryCache({ clock }) }
}

interface Running {
  readonly host: TestHost
  readonly bus: MemoryBus
  readonly service: Service<unknown>
}

/** Starts a crypto-service whose work is given; commands without work do nothing. */
const run = async (
  { clock, broker, cache }: World,
  start: (service: Service<unknown>) => void,
  identity = 'one',
): Promise<Running> => {
  const host = testHost({ clock, identity })
  const bus = createMemoryBus({ clock, broker, random: () => 0.5 })
  const started = Promise.withResolvers<Service<unknown>>()
  const launched = launchService(
    {
      name: 'crypto-service',
      settings: {},
      start: async (service) => {
        start(service)
        started.resolve(service)
      },
    },
    host,
    () => ({ bus, cache }),
  )
  void launched.then(() => started.reject(new Error(`not started: ${host.complained()}`)))
  const service = await started.promise
  await launched
  await clock.advance(1_000)
  return { host, bus, service }
}

const idle = (service: Service<unknown>) => {
  service.handle(refreshMovers, async () => {})
  service.handle(refreshTopcoins, async () => {})
}

const stop = async ({ clock }: World, { host }: Running): Promise<number> => {
  host.signal('SIGTERM')
  await clock.advance(20_000)
  return await host.exited
}

const movers = (at: number) => ({
  at,
  gainers1h: [],
  losers1h: [],
  gainers24h: [],
  losers24h: [],
})

const trade = (tradeId: number, at: number) =>
  ({
    kind: 'trade',
    product: 'BTC-USD',
    tradeId,
    price: 60_000,
    size: 0.1,
    side: 'buy',
    at,
  }) as const

const ticker = (sequence: number, at: number) => ({
  product: 'BTC-USD',
  price: 60_000 + sequence,
  open24h: null,
  high24h: null,
  low24h: null,
  volume24h: null,
  volume24hUsd: null,
  change24hPercent: null,
  bestBid: null,
  bestAsk: null,
  lastSize: null,
  side: 'buy' as const,
  tradeId: sequence,
  sequence,
  at,
})

const command = (clock: ManualClock, id: string, ageMs = 0): CommandRecord => ({
  id,
  reason: 'missing',
  requestedAt: clock.now() - ageMs,
  waitingSince: clock.now() - ageMs,
  body: {},
})

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

const urlOf = ({ service }: Running, path: string) =>
  `http://127.0.0.1:${service.internalPort}${path}`

describe('a service', () => {
  it('publishes a value with its headers and reads it back as the newest of its key', async () => {
    const world = await makeWorld()
    const running = await run(world, idle)
    const at = world.clock.now() - 5
    await running.service.publish(cryptoTrades, trade(1, at), { source: 'coinbase' })
    await running.service.publish(cryptoTrades, trade(2, at), { source: 'coinbase' })
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
    const bad = { ...trade(1, world.clock.now()), price: Number.NaN }
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
    await sendCommand(world, command(world.clock, 'a'))
    await sendCommand(world, command(world.clock, 'a'))
    expect(calls()).toBe(1)
    expect(await outcomes(running)).toEqual({ done: 1, duplicate: 1 })
    await stop(world, running)
  })

  it('is done without a call when it is older than a minute', async () => {
    const { world, running, calls } = await counting()
    await sendCommand(world, command(world.clock, 'a', 61_000))
    expect(calls()).toBe(0)
    expect(await outcomes(running)).toEqual({ expired: 1 })
    await stop(world, running)
  })

  it('is done without a call while the value is younger than half its refresh time', async () => {
    const { world, running, calls } = await counting(async (service) => {
      await service.publish(cryptoMovers, movers(service.clock.now()))
    })
    await sendCommand(world, command(world.clock, 'a'))
    await sendCommand(world, command(world.clock, 'b'))
    expect([calls(), await outcomes(running)]).toEqual([1, { done: 1, fresh: 1 }])
    await world.clock.advance(60_000)
    await sendCommand(world, command(world.clock, 'c'))
    expect(calls()).toBe(2)
    await stop(world, running)
  })

  it('knows through the cache what another replica published', async () => {
    const { world, running, calls } = await counting()
    const other = await run(world, idle, 'two')
    await other.service.publish(cryptoMovers, movers(world.clock.now()))
    await sendCommand(world, command(world.clock, 'a'))
    expect(calls()).toBe(0)
    await stop(world, other)
    await stop(world, running)
  })

  it('counts as deferred when there was no budget, and goes on', async () => {
    const { world, running } = await counting(async () => {
      throw new DeferredError()
    })
    await sendCommand(world, command(world.clock, 'a'))
    expect(await outcomes(running)).toEqual({ deferred: 1 })
    expect(await running.bus.read(deadLetterTopic)).toHaveLength(0)
    await stop(world, running)
  })

  it('becomes a dead letter when it breaks its contract, and the next one is handled', async () => {
    const { world, running, calls } = await counting()
    await sendCommand(world, { id: 1 })
    await sendCommand(world, command(world.clock, 'a'))
    expect(calls()).toBe(1)
    expect(await running.bus.read(deadLetterTopic)).toHaveLength(1)
    await stop(world, running)
  })

  it('ends the process after its dead letter when its work has a bug', async () => {
    const { world, running } = await counting(async () => {
      throw new TypeError('a bug')
    })
    await sendCommand(world, command(world.clock, 'a'))
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
    await sendCommand(world, command(world.clock, 'a'))
    expect([calls(), await outcomes(running)]).toEqual([2, { done: 1 }])
    await stop(world, running)
  })
})

describe('leader work', () => {
  const streaming =
    (published: string[], name: string) =>
    (service: Service<unknown>): void => {
      idle(service)
      service.lead(async (leader) => {
        await leader.poll('beat', 1_000, async () => {
          await service.publish(cryptoMovers, movers(service.clock.now()), { source: name })
          published.push(name)
        })
      })
    }

  it('runs on one replica and moves to the other when that one closes', async () => {
    const world = await makeWorld()
    const published: string[] = []
    const one = await run(world, streaming(published, 'one'), 'one')
    const two = await run(world, streaming(published, 'two'), 'two')
    await world.clock.advance(5_000)
    expect(new Set(published)).toEqual(new Set(['one']))
    expect(await stop(world, one)).toBe(0)
    published.length = 0
    await world.clock.advance(10_000)
    expect(new Set(published)).toEqual(new Set(['two']))
    await stop(world, two)
  })

  it('is fenced once the broker is out of reach, and another goes on', async () => {
    const world = await makeWorld()
    const published: string[] = []
    const one = await run(world, streaming(published, 'one'), 'one')
    const two = await run(world, streaming(published, 'two'), 'two')
    await world.clock.advance(3_000)
    one.bus.cut()
    await world.clock.advance(30_000)
    published.length = 0
    one.bus.heal()
    await world.clock.advance(10_000)
    expect(new Set(published)).toEqual(new Set(['two']))
    const sources = (await two.bus.read(cryptoMovers.topic)).map((r) => r.headers['flux-source'])
    expect(sources.lastIndexOf('one')).toBeLessThan(sources.indexOf('two'))
    await stop(world, one)
    await stop(world, two)
  })

  it('publishes what a poll has fetched, and goes on after a failure', async () => {
    const world = await makeWorld()
    let fetches = 0
    const running = await run(world, (service) => {
      idle(service)
      service.lead((leader) =>
        leader.poll(
          cryptoMovers,
          10_000,
          async () => {
            fetches += 1
            if (fetches <= 3) throw new FluxError('http_500', 'away', { retryable: true })
            return movers(service.clock.now())
          },
          { provider: 'coingecko', source: 'coingecko' },
        ),
      )
    })
    await world.clock.advance(5_000)
    const state = () =>
      running.service.metrics.registry.getSingleMetricAsString('flux_source_state')
    expect(await state()).toContain('flux_source_state{provider="coingecko",state="degraded"} 1')
    await world.clock.advance(15_000)
    expect(await state()).toContain('flux_source_state{provider="coingecko",state="ok"} 1')
    const newest = await running.service.newest(cryptoMovers)
    expect(newest.get('global')?.source).toBe('coingecko')
    await stop(world, running)
  })

  it('carries every value of an ordered stream and the newest of a latest one', async () => {
    const world = await makeWorld()
    const at = world.clock.now()
    async function* trades() {
      for (let id = 1; id <= 2_500; id += 1) yield trade(id, at)
    }
    async function* tickers() {
      for (let sequence = 1; sequence <= 100; sequence += 1) yield ticker(sequence, at)
    }
    const running = await run(world, (service) => {
      idle(service)
      service.lead(async (leader) => {
        await leader.pipe(cryptoTrades, trades)
        await leader.pipe(cryptoTicker, tickers)
      })
    })
    await world.clock.advance(1_000)
    const ids = (await running.bus.read(cryptoTrades.topic)).map((r) =>
      Number(r.headers['flux-version']),
    )
    expect(ids).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1))
    expect((await running.bus.read(cryptoTicker.topic)).length).toBeLessThan(5)
    expect((await running.service.newest(cryptoTicker)).get('BTC-USD')?.version).toBe(100)
    await stop(world, running)
  })

  it('ends the process when it has a bug', async () => {
    const world = await makeWorld()
    const running = await run(world, (service) => {
      idle(service)
      service.lead(async () => {
        throw new TypeError('a bug')
      })
    })
    await world.clock.advance(20_000)
    expect(await running.host.exited).toBe(1)
  })
})

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
