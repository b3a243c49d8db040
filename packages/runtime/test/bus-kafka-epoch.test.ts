import type { Socket } from 'node:net'
import { eventually, testKafka } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAdmin } from '../src/bus/kafka/admin.ts'
import { createClient } from '../src/bus/kafka/client.ts'
import { startTail } from '../src/bus/kafka/tail.ts'
import { createKafkaBus, createLog, createMetrics, systemClock } from '../src/index.ts'

const config = { 'message.timestamp.type': 'LogAppendTime' }

describe('tail on a Kafka whose log is exchanged behind a connection', () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>
  beforeAll(async () => {
    kafka = await testKafka()
  })
  afterAll(async () => {
    await kafka.close()
  })

  it('delivers nothing over a new connection before it has seen that the log is the same', async () => {
    const log = createLog({ name: 'epoch', level: 'silent' })
    const client = { brokers: kafka.brokers.split(','), clientId: 'epoch', log }
    const bus = createKafkaBus({ ...client, metrics: createMetrics(), clock: systemClock })
    await bus.ensureTopics([
      { topic: 'flux.epoch', partitions: 1, config: {} },
      { topic: 'a', partitions: 1, config },
    ])
    const sockets = new Set<Socket>()
    const said: string[] = []
    const admin = createAdmin(createClient(client), log)
    const tail = startTail(
      {
        topics: new Map([['a', { from: 'beginning' }]]),
        onBatch: ({ records }) => {
          said.push(...records.map((record) => String(record.value)))
        },
        onFloor: () => undefined,
        onEpoch: () => said.push('epoch'),
        onReset: (_, reason) => said.push(reason),
        onState: () => undefined,
      },
      {
        client: (onConnection) =>
          createClient({
            ...client,
            onConnection: (socket) => {
              onConnection()
              sockets.add(socket)
            },
          }),
        ...{ admin, clock: systemClock, random: Math.random, log, groupPrefix: 'flux-bff-' },
        newId: () => crypto.randomUUID(),
        send: (topic, records) => bus.send(topic, records),
        onLive: () => undefined,
        fail: (error) => {
          throw error
        },
        onReset: () => undefined,
        onLag: () => undefined,
      },
    )
    await bus.send('a', [{ key: 'k', value: '1', headers: {} }])
    await eventually('it is live', () => said.includes('1') && tail.state() === 'live')

    // Another identity of the log, and no other sign of it than a lost connection.
    const raw = createClient(client).admin()
    await raw.connect()
    await raw.fetchTopicOffsets('flux.epoch')
    const partitions = [{ partition: 0, offset: '1' }]
    await raw.deleteTopicRecords({ topic: 'flux.epoch', partitions })
    await raw.disconnect()
    await bus.send('flux.epoch', [{ key: 'epoch', value: 'another', headers: {} }])
    // The end of the stream, as the broker sends it; kafkajs does not notice a socket that is destroyed here.
    for (const socket of sockets) socket.push(null)
    await bus.send('a', [{ key: 'k', value: '2', headers: {} }])

    await eventually('it is read again', () => said.filter((word) => word === '2').length > 0)
    expect(said).toEqual(['epoch', '1', 'epoch_changed', 'epoch', '1', '2'])
    await tail.close()
    await bus.close()
    await admin.close()
  })
})
