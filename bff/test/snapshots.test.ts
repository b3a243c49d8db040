import { cacheKey, clientEvent } from '@flux/contracts'
import {
  type Bus,
  type Cache,
  connectValkey,
  createLog,
  createMetrics,
  systemClock,
} from '@flux/runtime'
import { type Checker, eventually, openChecker, testKafka, testValkey } from '@flux/testkit'
import { io as connectIo } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { snapshotChannels } from '../src/state/snapshot-events.ts'
import { createTopics, openBus, produce, type Replica, startReplica, ticker } from './harness.ts'

const rooms = ['crypto.global', 'crypto.BTC-USD', 'platform.global']

describe('a replica that starts without Kafka', () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>
  let valkey: Awaited<ReturnType<typeof testValkey>>
  let bus: Bus
  let cache: Cache
  const log = createLog({ name: 'test', level: 'silent' })
  const closing: (() => unknown)[] = []

  const start = async () => {
    const env = { SNAPSHOT_MS: '200' }
    const replica = await startReplica({ brokers: kafka.brokers, valkeyUrl: valkey.url, env })
    closing.push(replica.end)
    return replica
  }
  const check = (replica: Replica) => {
    const checker = openChecker(replica.url, rooms)
    closing.push(checker.close)
    return checker
  }
  const priceOf = ({ client }: Checker) => client.read('crypto.ticker', 'BTC-USD')?.value.price
  const insist = (what: () => Promise<void>) =>
    eventually('the broker to take it', () =>
      what().then(
        () => true,
        () => false,
      ),
    )
  /** A replica that has written what it knows, and is gone. */
  const leaveSnapshot = async (price: number) => {
    const replica = await start()
    await eventually('ready', () => replica.ready().state === 'ready')
    for (let n = price - 4; n <= price; n += 1) await produce(bus, 'crypto.ticker', ticker(n))
    const text = `\\"price\\":${price},`
    await eventually('the snapshot', async () => {
      const snapshot = await cache.get(cacheKey.snapshot('crypto.ticker'))
      return snapshot?.includes(text) ?? false
    })
    for (const close of closing.splice(0).toReversed()) await close()
  }
  const startInTheDark = async () => {
    await kafka.kill('SIGKILL')
    const startedAt = Date.now()
    const replica = await start()
    await eventually('snapshots', () => replica.ready().state === 'degraded', 3_000)
    const checker = check(replica)
    await eventually('the last value', () => priceOf(checker) !== undefined, 3_000)
    expect(Date.now() - startedAt).toBeLessThan(3_000)
    return { replica, checker }
  }

  beforeAll(async () => {
    ;[kafka, valkey] = await Promise.all([testKafka(), testValkey()])
    bus = openBus(kafka.brokers)
    const options = { url: valkey.url, log, metrics: createMetrics(), clock: systemClock }
    cache = connectValkey(options).cache
    await createTopics(bus)
  })

  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  afterAll(async () => {
    await cache?.close()
    await bus?.close()
    await Promise.all([kafka?.close(), valkey?.close()])
  })

  it('serves the last snapshots within 3 s, marked as old, and is live when Kafka comes', async () => {
    await leaveSnapshot(100)
    const { replica, checker } = await startInTheDark()
    expect(priceOf(checker)).toBe(100)
    expect(replica.ready()).toEqual({ state: 'degraded', why: 'snapshots, Kafka is away' })
    const tail = () => checker.client.read('platform.stats', replica.name)?.value.tail
    await eventually('the mark', () => tail() === 'dark', 10_000)
    await kafka.start()
    await insist(() => produce(bus, 'crypto.ticker', ticker(101)))
    await eventually('the new value', () => priceOf(checker) === 101)
    await eventually('the mark to go', () => tail() === 'live')
    expect(replica.ready()).toEqual({ state: 'ready' })
    expect(checker.faults()).toEqual([])
    expect(checker.client.counters().outcomes.reset).toBe(0)
    // The history before the snapshot is the log's: it is here as on any other replica.
    const { v } = checker.client.samples('crypto.ticker', 'BTC-USD')
    expect(v.at(-1)).toBe(101)
    const other = check(await start())
    await eventually('another one', () => priceOf(other) === 101)
    expect(other.client.samples('crypto.ticker', 'BTC-USD').v).toEqual(v)
  })

  it('empties its clients when the log that comes back is another one', async () => {
    await leaveSnapshot(200)
    const { replica, checker } = await startInTheDark()
    expect(priceOf(checker)).toBe(200)
    const epoch = checker.client.status().epoch
    await kafka.wipe()
    await kafka.start()
    await insist(() => createTopics(bus))
    await insist(() => produce(bus, 'crypto.ticker', ticker(5)))
    await eventually('the new value', () => priceOf(checker) === 5)
    expect(checker.client.status().epoch).not.toBe(epoch)
    expect(checker.client.counters().outcomes.reset).toBeGreaterThan(0)
    expect(replica.ready()).toEqual({ state: 'ready' })
  })

  it('waits for Kafka when Valkey has nothing for it', async () => {
    await valkey.kill('SIGKILL')
    await valkey.start()
    await kafka.kill('SIGKILL')
    const replica = await start()
    const socket = connectIo(replica.url, { transports: ['websocket'], forceNew: true })
    closing.push(() => socket.close())
    const subscribe = () => socket.emitWithAck(clientEvent.subscribe, { rooms, rev: 1 })
    await eventually('three looks for snapshots', async () => {
      const text = await replica.metrics.registry.metrics()
      const line = /flux_cache_requests_total\{operation="get",outcome="miss"\} (\d+)/
      return Number(line.exec(text)?.[1]) >= 3 * snapshotChannels.length
    })
    expect(replica.ready().state).toBe('not_ready')
    expect(await subscribe()).toMatchObject({ ok: false, code: 'busy' })
    await kafka.start()
    await eventually('ready', () => replica.ready().state === 'ready')
  })
})
