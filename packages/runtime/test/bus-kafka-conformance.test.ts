import { setTimeout as sleep } from 'node:timers/promises'
import { busConformance } from '@flux/testkit'
import { inject } from 'vitest'
import { createClient } from '../src/bus/kafka/client.ts'
import { createKafkaBus, createLog, createMetrics, systemClock } from '../src/index.ts'

const brokers = inject('kafkaBrokers').split(',')

busConformance('kafka', async () => {
  const log = createLog({ name: 'conformance', level: 'silent' })
  const admin = createClient({ brokers, clientId: 'conformance', log }).admin()
  await admin.connect()
  return {
    bus: () =>
      createKafkaBus({
        brokers,
        clientId: 'conformance',
        log,
        metrics: createMetrics(),
        clock: systemClock,
      }),
    pass: (ms) => sleep(Math.min(ms, 20)),
    trim: async (topic, partition, low) => {
      // Loads the metadata that the deletion needs and does not ask for.
      await admin.fetchTopicOffsets(topic)
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(low) }] })
    },
    recreate: async ({ topic, partitions, config }) => {
      await admin.deleteTopics({ topics: [topic] })
      const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }))
      for (;;) {
        const topics = [{ topic, numPartitions: partitions, configEntries }]
        // A topic that is being deleted exists for a while.
        if (await admin.createTopics({ topics })) return
        await sleep(50)
      }
    },
    grow: async (topic, count) => {
      await admin.createPartitions({ topicPartitions: [{ topic, count }] })
    },
    close: () => admin.disconnect(),
  }
})
