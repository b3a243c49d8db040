import { adapterRoom } from '@flux/contracts'
import type { Bus } from '@flux/runtime'
import { type Checker, eventually, openChecker, testKafka, testValkey } from '@flux/testkit'
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

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('two replicas on real Kafka and Valkey', () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>
  let valkey: Awaited<ReturnType<typeof testValkey>>
  let bus: Bus
  let first: Replica
  let second: Replica
  const checkers: Checker[] = []
  let lastTrade = 0

  const open = (replica: Replica, rooms: readonly string[]) => {
    const checker = openChecker(replica.url, rooms)
    checkers.push(checker)
    return checker
  }
  const live = ({ client }: Checker, rooms: readonly string[]) =>
    rooms.every((r) => client.room(r) === 'live')
  const produceTrades = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      lastTrade += 1
      await produce(bus, 'crypto.trades', trade(lastTrade))
    }
  }

  beforeAll(async () => {
    ;[kafka, valkey] = await Promise.all([testKafka(), testValkey()])
    bus = openBus(kafka.brokers)
    await createTopics(bus)
    const options = { brokers: kafka.brokers, valkeyUrl: valkey.url }
    ;[first, second] = await Promise.all([startReplica(options), startReplica(options)])
    await eventually('both replicas to be ready', () =>
      [first, second].every((r) => r.ready().state === 'ready'),
    )
  })

  afterAll(async () => {
    for (const checker of checkers) checker.close()
    await Promise.all([first?.end(), second?.end()])
    await bus?.close()
    await Promise.all([kafka?.close(), valkey?.close()])
  })

  it('bring the same record to the clients of both, newest values first', async () => {
    await produce(bus, 'crypto.ticker', ticker(1))
    await produceTrades(3)
    const rooms = ['crypto.global', 'crypto.BTC-USD']
    const pair = [open(first, rooms), open(second, rooms)]
    await eventually('both to be live', () => pair.every((c) => live(c, rooms)))
    for (const { client } of pair)
      expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(1)
    await produce(bus, 'crypto.ticker', ticker(2))
    await produceTrades(5)
    await eventually('both to have the last trade', () =>
      pair.every((c) => c.trades('BTC-USD').at(-1) === lastTrade),
    )
    for (const checker of pair) {
      expect(checker.client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(2)
      expect(checker.faults()).toEqual([])
      expect(checker.client.samples('crypto.ticker', 'BTC-USD').v).toEqual([2])
    }
  })

  it('give the long history on request', async () => {
    const checker = open(first, ['crypto.BTC-USD'])
    await eventually('live', () => live(checker, ['crypto.BTC-USD']))
    const records = await checker.client.history('crypto.trades', 'BTC-USD')
    expect(records.map((r) => r.version)).toEqual(range(1, lastTrade))
    await expect(checker.client.history('crypto.ticker', 'BTC-USD')).rejects.toThrow()
  })

  it('lose and double no trade for a client that is cut off again and again', async () => {
    const checker = open(first, ['crypto.BTC-USD', 'crypto.global'])
    await eventually('live', () => live(checker, ['crypto.BTC-USD']))
    const from = lastTrade
    for (let cut = 0; cut < 15; cut += 1) {
      await produceTrades(1 + (cut % 4))
      checker.client.reconnectNow()
      await produceTrades(cut % 3)
    }
    await eventually('the last trade', () => checker.trades('BTC-USD').at(-1) === lastTrade)
    expect(checker.faults()).toEqual([])
    expect(checker.trades('BTC-USD').filter((id) => id > from)).toEqual(range(from + 1, lastTrade))
    expect(checker.client.counters().outcomes.reset).toBe(0)
  })

  it('carry a room emit of one replica to a client of the other through the adapter', async () => {
    const checker = open(second, ['crypto.global'])
    await eventually('live', () => live(checker, ['crypto.global']))
    const notice = {
      id: 'n1',
      level: 'info',
      text: 'Hello from the other replica.',
      at: Date.now(),
    }
    await eventually('the notice', () => {
      first.io.to(adapterRoom('crypto.global')).emit('notice', notice)
      return checker.client.status().notice?.id === 'n1'
    })
  })

  it('know of each other by their stats', async () => {
    const checker = open(first, ['platform.global'])
    await eventually('both rows', () => checker.client.keys('platform.stats').length === 2)
    expect(new Set(checker.client.keys('platform.stats'))).toEqual(
      new Set([first.name, second.name]),
    )
  })

  it('go on while Valkey is away, and share rooms again when it is back', async () => {
    const checker = open(second, ['crypto.global', 'crypto.BTC-USD'])
    await eventually('live', () => live(checker, ['crypto.global', 'crypto.BTC-USD']))
    await valkey.stop()
    await produce(bus, 'crypto.ticker', ticker(30))
    await produceTrades(2)
    await eventually(
      'values without Valkey',
      () => checker.client.read('crypto.ticker', 'BTC-USD')?.value.price === 30,
    )
    const late = open(first, ['crypto.BTC-USD'])
    await eventually('a client that joins meanwhile', () => live(late, ['crypto.BTC-USD']))
    expect([first, second].map((r) => r.ready().state)).toEqual(['ready', 'ready'])
    await valkey.start()
    const notice = { id: 'n2', level: 'info', text: 'Back.', at: Date.now() }
    await eventually('rooms to be shared again', () => {
      second.io.to(adapterRoom('crypto.BTC-USD')).emit('notice', notice)
      return late.client.status().notice?.id === 'n2'
    })
    expect(checker.faults()).toEqual([])
  })

  it('move clients on a drain without losing a record', async () => {
    const checker = open(first, ['crypto.BTC-USD'])
    await eventually('live', () => live(checker, ['crypto.BTC-USD']))
    const from = lastTrade
    const closing = first.drain()
    await produceTrades(10)
    await closing
    expect(first.io.of('/').sockets.size).toBe(0)
    const third = openChecker(second.url, ['crypto.BTC-USD'])
    checkers.push(third)
    expect(checker.faults()).toEqual([])
    expect(checker.trades('BTC-USD').filter((id) => id > from)).toEqual(
      range(from + 1, checker.trades('BTC-USD').at(-1) ?? 0),
    )
  })
})
