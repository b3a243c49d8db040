import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually } from '@flux/testkit'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { createClient } from '../src/bus/kafka/client.ts'
import {
  type Bus,
  createKafkaBus,
  createLog,
  createMetrics,
  systemClock,
  type Tail,
} from '../src/index.ts'

const log = createLog({ name: 'tail', level: 'silent' })
const client = { brokers: inject('kafkaBrokers').split(','), clientId: 'tail', log }
const prefix = `flux-test-${crypto.randomUUID()}-`

describe('tail on Kafka', () => {
  let bus: Bus
  let topic: string
  const admin = createClient(client).admin()

  const start = (seen: number[] = [], resets: string[] = []): Tail =>
    bus.tail({
      topics: new Map([[topic, { from: 'beginning' }]]),
      onBatch: ({ records }) => seen.push(...records.map((record) => record.offset)),
      onFloor: () => undefined,
      onEpoch: () => undefined,
      onReset: (_, reason) => resets.push(reason),
      onState: () => undefined,
    })
  const groups = async () => {
    const all = (await admin.listGroups()).groups.map(({ groupId }) => groupId)
    return all.filter((id) => id.startsWith(prefix))
  }

  beforeEach(async () => {
    bus = createKafkaBus({
      ...client,
      metrics: createMetrics(),
      clock: systemClock,
      tailGroupPrefix: prefix,
    })
    topic = `tail.${crypto.randomUUID()}`
    await bus.ensureTopics([
      { topic: 'flux.epoch', partitions: 1, config: {} },
      { topic, partitions: 1, config: {} },
    ])
    await admin.connect()
  })
  afterEach(async () => {
    await bus.close()
    await admin.disconnect()
  })

  it('is live when the last offsets before the end hold no record', async () => {
    const producer = createClient(client).producer({
      transactionalId: topic,
      maxInFlightRequests: 1,
      idempotent: true,
    })
    await producer.connect()
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: [{ key: 'k', value: '1' }] })
    await transaction.commit()
    await producer.disconnect()
    // What is left is the marker of the transaction, written after the commit is answered: an offset that is never handed out.
    await eventually('the marker is there', async () => {
      const [end] = await admin.fetchTopicOffsets(topic)
      return end?.high === '2'
    })
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '1' }] })
    expect(await bus.ends(topic)).toEqual([{ low: 1, high: 2 }])

    const seen: number[] = []
    const tail = start(seen)
    await eventually('it is live', () => tail.state() === 'live')
    expect(tail.positions(topic)).toEqual([2])
    await bus.send(topic, [{ key: 'k', value: '2', headers: {} }])
    await eventually('the next record came', () => seen.length > 0)
    expect(seen).toEqual([2])
  })

  it('tells the floor when the log loses its beginning faster than it is read', async () => {
    const script = fileURLToPath(new URL('./fixtures/overtaking-process.ts', import.meta.url))
    const floors: number[] = []
    const seen: number[] = []
    bus.tail({
      topics: new Map([[topic, { from: 'beginning' }]]),
      onBatch: ({ records }) => {
        seen.push(...records.map((record) => record.offset))
        // Blocks this process while the other one is at work.
        if (seen.length === 1)
          execFileSync(process.execPath, [script, client.brokers[0] ?? '', topic])
      },
      onFloor: (_topic, _partition, low) => floors.push(low),
      onEpoch: () => undefined,
      onReset: () => undefined,
      onState: () => undefined,
    })
    await bus.send(topic, [{ key: 'k', value: '0', headers: {} }])
    await eventually('the last record came', () => seen.includes(6))
    expect(seen).toEqual([0, 5, 6])
    expect(floors).toEqual([5])
  })

  it('takes no log for a shorter one because others ask for its ends while it grows', async () => {
    const resets: string[] = []
    const seen: number[] = []
    const tail = start(seen, resets)
    await eventually('it is live', () => tail.state() === 'live')
    const until = Date.now() + 5_000
    while (Date.now() < until) {
      await bus.send(topic, [{ key: 'k', value: '1', headers: {} }])
      await tail.ends(topic)
    }
    expect(seen.length).toBeGreaterThan(100)
    expect(resets).toEqual([])
  })

  it('leaves no consumer group behind, also none of a process that was killed', async () => {
    const left = `${prefix}left-behind`
    const consumer = createClient(client).consumer({ groupId: left })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({ eachMessage: () => Promise.resolve() })
    await bus.send(topic, [{ key: 'k', value: '1', headers: {} }])
    await eventually('its group is there', async () => (await groups()).includes(left), 40_000)
    await consumer.disconnect()

    const tail = start()
    await eventually('it is live', () => tail.state() === 'live')
    await eventually('the group is swept', async () => !(await groups()).includes(left), 40_000)
    expect(await groups()).toHaveLength(1)
    await tail.close()
    expect(await groups()).toEqual([])
  })
})
