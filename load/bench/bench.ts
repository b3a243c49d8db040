import { topics } from '@flux/contracts'
import {
  type Bus,
  createKafkaBus,
  createLog,
  createMetrics,
  FluxError,
  systemClock,
  type TopicSpec,
} from '@flux/runtime'
import {
  type Children,
  createChildren,
  startKafka,
  startValkey,
  until,
} from '@flux/scripts/servers'
import { benchSchema } from './drivers/bench-channel.ts'
import type { Driver, Running } from './drivers/driver.ts'
import { startWorker } from './measure/worker.ts'
import { type ProduceOutput, produceOutput } from './produce/messages.ts'

/** What is produced during a run. */
interface Feed {
  readonly perSecond: number
  readonly seconds: number
  readonly keys: number
  readonly valueBytes: number
}

/** A server of a run and the topic that it reads. */
export interface Served {
  readonly server: Running
  /** Produces on the server's topic from a process of its own. */
  produce(feed: Feed): Promise<ProduceOutput>
  /** Ends the server. */
  close(): Promise<void>
}

/** How a server is started. */
interface ServeOptions {
  readonly delivery?: 'ordered' | 'latest'
  /** `one` room for all by default. */
  readonly rooms?: 'one' | 'per-key'
  /** Folder that a CPU profile is written to. */
  readonly profileTo?: string | undefined
}

/** Kafka and Valkey of a bench, and servers on them, one after the other. */
export interface Bench {
  readonly children: Children
  /** Starts a server on a new, empty topic. */
  serve(driver: Driver, options?: ServeOptions): Promise<Served>
  close(): Promise<void>
}

const partitions = 6

const topicOf = (topic: string): TopicSpec => ({
  topic,
  partitions,
  config: { 'message.timestamp.type': 'LogAppendTime', 'retention.ms': '3600000' },
})

const connect = (brokers: string): Bus =>
  createKafkaBus({
    brokers: brokers.split(','),
    clientId: 'bench',
    log: createLog({ name: 'bench', level: 'error' }),
    metrics: createMetrics(),
    clock: systemClock,
  })

/** A topic that was just made may not be known to its broker yet. */
const createEnsure = (bus: Bus) => (wanted: readonly TopicSpec[]) => {
  const areThere = () =>
    bus.ensureTopics(wanted).then(
      () => true,
      (error: unknown) => {
        if (error instanceof FluxError && error.retryable) return false
        throw error
      },
    )
  return until(areThere, { what: 'topics', deadlineMs: 30_000, everyMs: 200 })
}

const startProducer = (brokers: string, topic: string, headers: Driver['headers'] = {}) => {
  const worker = startWorker(new URL('./produce/main.ts', import.meta.url), 'the producer')
  const produce = (feed: Feed) => {
    const where = { brokers, topic, schema: benchSchema, headers, finals: true }
    return worker.call('produce', { ...where, ...feed }, produceOutput)
  }
  return { produce, close: worker.close }
}

/** Starts Kafka and Valkey; nothing outlives this process. Throws StackError. */
export const startBench = async (): Promise<Bench> => {
  const children = await createChildren('flux-bench-')
  const [kafka, valkey] = await Promise.all([startKafka({ children }), startValkey({ children })])
  const bus = connect(kafka.brokers)
  const ensureTopics = createEnsure(bus)
  await ensureTopics(topics)
  let runs = 0
  return {
    children,
    serve: async (driver, { delivery = 'ordered', rooms = 'one', profileTo } = {}) => {
      runs += 1
      const topic = `bench.run${runs}.event.created`
      await ensureTopics([topicOf(topic)])
      const backbone = { brokers: kafka.brokers, valkeyUrl: valkey.url }
      const how = { topic, delivery, rooms, profileTo }
      const server = await driver.start({ children, ...backbone, ...how })
      const producer = startProducer(kafka.brokers, topic, driver.headers)
      return {
        server,
        produce: producer.produce,
        close: async () => {
          await producer.close()
          await server.stop()
        },
      }
    },
    close: async () => {
      await bus.close()
      await children.close()
    },
  }
}
