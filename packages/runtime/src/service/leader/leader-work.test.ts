import { cryptoMovers, cryptoTicker, cryptoTrades } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { FluxError } from '../../errors.ts'
import { movers, ticker, trade } from '../../values.fixture.ts'
import type { Service } from '../core.ts'
import { idle, makeWorld, run, stop } from '../world.fixture.ts'

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
      for (let id = 1; id <= 2_500; id += 1) yield trade('BTC-USD', id, at)
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
