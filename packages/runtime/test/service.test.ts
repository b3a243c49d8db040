import {
  cryptoMovers,
  cryptoTrades,
  platformSources,
  refreshMovers,
  refreshTopcoins,
  topics,
} from '@flux/contracts'
import { eventually, type TestHost, testHost, testKafka, testValkey } from '@flux/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  connectBus,
  connectCache,
  launchService,
  retry,
  type Service,
  systemClock,
} from '../src/index.ts'
import { movers, trade } from '../src/values.fixture.ts'

let kafka: Awaited<ReturnType<typeof testKafka>>
let valkey: Awaited<ReturnType<typeof testValkey>>

beforeAll(async () => {
  kafka = await testKafka()
  valkey = await testValkey()
})
afterAll(async () => {
  await kafka?.close()
  await valkey?.close()
})

interface Running {
  readonly host: TestHost
  readonly service: Service<unknown>
}

const running: Running[] = []
const stop = async (one: Running): Promise<number> => {
  running.splice(running.indexOf(one), 1)
  one.host.signal('SIGTERM')
  return await one.host.exited
}
afterEach(async () => {
  for (const one of [...running]) await stop(one)
})

const run = async (identity: string, work: (service: Service<unknown>) => void) => {
  const host = testHost({
    identity,
    env: { KAFKA_BROKERS: kafka.brokers, VALKEY_URL: valkey.url },
  })
  const started = Promise.withResolvers<Service<unknown>>()
  await launchService(
    {
      name: 'crypto-service',
      settings: {},
      start: async (service) => {
        await service.bus.ensureTopics(topics)
        work(service)
        started.resolve(service)
      },
    },
    host,
    (process) => ({ bus: connectBus(process), cache: connectCache(process) }),
  )
  if (host.exits().length > 0) throw new Error(JSON.stringify(host.logged()))
  const one = { host, service: await started.promise }
  running.push(one)
  return one
}

const until = (what: string, holds: () => boolean | Promise<boolean>) =>
  eventually(what, holds, 30_000)

const readiness = async ({ service }: Running) => {
  const reply = await fetch(`http://127.0.0.1:${service.internalPort}/readyz`)
  return { status: reply.status, body: await reply.text() }
}
const isReady = async (one: Running) => (await readiness(one)).body.includes('"status":"ready"')

const tradeNow = (product: string, tradeId: number) => trade(product, tradeId, systemClock.now())

const idle = (service: Service<unknown>) => {
  service.handle(refreshMovers, async () => {})
  service.handle(refreshTopcoins, async () => {})
}

/** Trade ids of a product as they lie in the log. */
const idsOf = async ({ service }: Running, product: string): Promise<number[]> => {
  const { clock, random, signal, bus } = service
  const records = await retry(() => bus.read(cryptoTrades.topic), {
    clock,
    random,
    signal,
    attempts: 8,
  })
  return records
    .filter((record) => record.key === product)
    .map((record) => Number(record.headers['flux-version']))
}

describe('a service on Kafka and Valkey', () => {
  it('becomes ready, handles a command, publishes the answer and closes with 0', async () => {
    let calls = 0
    const one = await run('one', (service) => {
      service.handle(refreshMovers, async () => {
        calls += 1
        await service.publish(cryptoMovers, movers(service.clock.now()), { source: 'coingecko' })
      })
      service.handle(refreshTopcoins, async () => {})
    })
    await until('ready', () => isReady(one))
    const now = systemClock.now()
    const envelope = { reason: 'missing', requestedAt: now, waitingSince: now, body: {} }
    const send = (id: string) =>
      one.service.bus.send(refreshMovers.topic, [
        { key: 'global', value: JSON.stringify({ ...envelope, id }), headers: {} },
      ])
    await send('a')
    await until('answered', async () => (await one.service.newest(cryptoMovers)).size === 1)
    await send('b')
    const counted = async () =>
      one.service.metrics.registry.getSingleMetricAsString('flux_commands_total')
    await until('skipped', async () => (await counted()).includes('outcome="fresh"} 1'))
    expect(calls).toBe(1)
    expect(await stop(one)).toBe(0)
  })

  it('tells its sources from the leader alone', async () => {
    const work = (service: Service<unknown>) => {
      idle(service)
      service.lead(async () => {})
      service.sources.report('coinbase', { state: 'ok' })
    }
    const one = await run('one', work)
    const two = await run('two', work)
    await until('ready', async () => (await isReady(one)) && (await isReady(two)))
    await until('told', async () => (await one.service.newest(platformSources)).size === 1)
    const records = await one.service.bus.read(platformSources.topic)
    const replicas = records.map((record) => JSON.parse(record.value?.toString() ?? '').replica)
    expect(new Set(replicas).size).toBe(1)
  })

  it('loses no record and keeps their order while the broker is killed and comes back', async () => {
    const one = await run('one', idle)
    await until('ready', () => isReady(one))
    const sent: Promise<void>[] = []
    for (let id = 1; id <= 3_000; id += 1) {
      sent.push(one.service.publish(cryptoTrades, tradeNow('KILL-USD', id)))
      if (id === 500) await kafka.kill('SIGKILL')
      if (id % 50 === 0) await systemClock.sleep(20)
    }
    expect((await readiness(one)).status).toBe(200)
    await kafka.start()
    await Promise.all(sent)
    const ids = await idsOf(one, 'KILL-USD')
    expect([...new Set(ids)]).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1))
    await until('ready again', () => isReady(one))
  })

  it('goes on without the cache, degraded, and is ready again when it is back', async () => {
    const one = await run('one', idle)
    await until('ready', () => isReady(one))
    await valkey.stop()
    await until('degraded', async () => {
      await one.service.cache.get('any')
      return (await readiness(one)).body.includes('"status":"degraded"')
    })
    expect((await readiness(one)).status).toBe(200)
    await one.service.publish(cryptoTrades, tradeNow('CACHE-USD', 1))
    expect(await idsOf(one, 'CACHE-USD')).toEqual([1])
    await valkey.start()
    await until('ready again', async () => {
      await one.service.cache.get('any')
      return isReady(one)
    })
  })
})

describe('leader work on Kafka', () => {
  /** Appends the next trade id every 20 ms; begins after the newest one in the log. */
  const appending = (service: Service<unknown>) => {
    idle(service)
    // No poll: one that is given up after its 20 ms may still end, and the next one would append the same id.
    service.lead(async ({ signal, publish }) => {
      const newest = (await service.newest(cryptoTrades, signal)).get('LEAD-USD')
      for (let id = (newest?.version ?? 0) + 1; ; id += 1) {
        await publish(cryptoTrades, tradeNow('LEAD-USD', id))
        await systemClock.sleep(20, signal)
      }
    })
  }

  it('moves to the other replica, which goes on where the first one ended', async () => {
    const one = await run('one', appending)
    await until('begun', async () => (await idsOf(one, 'LEAD-USD')).length > 5)
    const two = await run('two', appending)
    await until('ready', () => isReady(two))
    expect(await stop(one)).toBe(0)
    const before = (await idsOf(two, 'LEAD-USD')).length
    await until('taken over', async () => (await idsOf(two, 'LEAD-USD')).length > before + 5)
    const ids = await idsOf(two, 'LEAD-USD')
    expect(ids).toEqual(ids.map((_, i) => i + 1))
  })

  it('goes on by itself after the broker was killed', async () => {
    const one = await run('one', appending)
    await until('ready', () => isReady(one))
    await kafka.kill('SIGKILL')
    await systemClock.sleep(3_000)
    await kafka.start()
    const before = (await idsOf(one, 'LEAD-USD')).length
    await until('going on', async () => (await idsOf(one, 'LEAD-USD')).length > before + 5)
    const ids = await idsOf(one, 'LEAD-USD')
    expect([...new Set(ids)]).toEqual([...new Set(ids)].map((_, i) => i + 1))
  })
})
