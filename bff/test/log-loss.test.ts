import type { Bus } from '@flux/runtime'
import { type Checker, eventually, openChecker, testKafka } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTopics,
  openBus,
  produce,
  type Replica,
  startReplica,
  ticker,
  trade,
} from './harness.ts'

const rooms = ['crypto.global', 'crypto.BTC-USD']

describe('a replica whose Kafka goes away', () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>
  let bus: Bus
  let replica: Replica
  let checkers: readonly Checker[] = []

  const priceOf = ({ client }: Checker) => client.read('crypto.ticker', 'BTC-USD')?.value.price
  const produceAgain = (what: () => Promise<void>) =>
    eventually('the broker to take it', () =>
      what().then(
        () => true,
        () => false,
      ),
    )

  beforeAll(async () => {
    kafka = await testKafka()
    bus = openBus(kafka.brokers)
    await createTopics(bus)
    replica = await startReplica({ brokers: kafka.brokers })
    await eventually('ready', () => replica.ready().state === 'ready')
    await produce(bus, 'crypto.ticker', ticker(100))
    for (let n = 1; n <= 20; n += 1) await produce(bus, 'crypto.trades', trade(n))
    checkers = Array.from({ length: 5 }, () => openChecker(replica.url, rooms))
    await eventually('all live', () =>
      checkers.every(({ client }) => rooms.every((room) => client.room(room) === 'live')),
    )
  })

  afterAll(async () => {
    for (const checker of checkers) checker.close()
    await replica?.end()
    await bus?.close()
    await kafka?.close()
  })

  it('keeps its values, stays ready, and goes on by itself when the broker is back with its data', async () => {
    await kafka.kill('SIGKILL')
    await eventually('the tail to notice', () => replica.ready().state === 'degraded')
    for (const checker of checkers) expect(priceOf(checker)).toBe(100)
    await kafka.start()
    await produceAgain(() => produce(bus, 'crypto.ticker', ticker(101)))
    await produceAgain(() => produce(bus, 'crypto.trades', trade(21)))
    await eventually('the new values', () =>
      checkers.every((c) => priceOf(c) === 101 && c.trades('BTC-USD').at(-1) === 21),
    )
    expect(replica.ready().state).toBe('ready')
    for (const checker of checkers) {
      expect(checker.faults()).toEqual([])
      expect(checker.client.counters().outcomes.reset).toBe(0)
    }
  })

  it('resets every client when the data is gone, and freezes none', async () => {
    const before = checkers.map(({ client }) => client.status().epoch)
    await kafka.wipe()
    await kafka.start()
    await produceAgain(() => createTopics(bus))
    // Lower versions than before the loss: a client that kept its old values would drop them.
    await produceAgain(() => produce(bus, 'crypto.ticker', ticker(5)))
    await produceAgain(() => produce(bus, 'crypto.trades', trade(1)))
    await eventually('the new values', () =>
      checkers.every(
        (c) => priceOf(c) === 5 && c.client.records('crypto.trades', 'BTC-USD').length === 1,
      ),
    )
    checkers.forEach(({ client }, index) => {
      expect(client.status().epoch).not.toBe(before[index])
      expect(client.counters().outcomes.reset).toBeGreaterThan(0)
    })
    await produce(bus, 'crypto.ticker', ticker(6))
    await eventually('life after it', () => checkers.every((c) => priceOf(c) === 6))
  })

  it('tells a client that comes back with a cursor of the old log to start afresh', async () => {
    const checker = openChecker(replica.url, rooms)
    await eventually('live', () => checker.client.room('crypto.global') === 'live')
    const old = checker.client.status().epoch
    await kafka.wipe()
    await kafka.start()
    await produceAgain(() => createTopics(bus))
    checker.client.reconnectNow()
    await produceAgain(() => produce(bus, 'crypto.ticker', ticker(2)))
    await eventually(
      'the new log',
      () => priceOf(checker) === 2 && checker.client.status().epoch !== old,
    )
    checker.close()
  })
})
