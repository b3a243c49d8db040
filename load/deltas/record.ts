import { type Channel, topics } from '@flux/contracts'
import { createKafkaBus, createLog, createMetrics, type InRecord, systemClock } from '@flux/runtime'
import { createSandbox, createService, sandboxEnv } from '@flux/scripts/processes'
import { createChildren, startKafka, startValkey, until } from '@flux/scripts/servers'

const services = ['crypto', 'stock'] as const

/** Runs sandbox, crypto-service and stock-service for a while and returns what they produced on these channels. */
export const recordStreams = async (
  channels: readonly Channel[],
  seconds: number,
): Promise<ReadonlyMap<string, readonly InRecord[]>> => {
  const children = await createChildren('flux-deltas-')
  try {
    const [kafka, valkey] = await Promise.all([startKafka({ children }), startValkey({ children })])
    const bus = createKafkaBus({
      brokers: kafka.brokers.split(','),
      clientId: 'deltas',
      log: createLog({ name: 'deltas', level: 'error' }),
      metrics: createMetrics(),
      clock: systemClock,
    })
    const ensure = () =>
      bus.ensureTopics(topics).then(
        () => true,
        () => false,
      )
    await until(ensure, { what: 'topics', deadlineMs: 30_000, everyMs: 200 })
    const sandbox = await createSandbox(children, { port: undefined, env: {} })
    await sandbox.start()
    const backbone = { brokers: kafka.brokers, valkeyUrl: valkey.url }
    for (const name of services) {
      const env = sandboxEnv(name, sandbox.url ?? '')
      await (await createService(children, name, { number: 1, backbone, env })).start()
    }
    await systemClock.sleep(seconds * 1_000)
    const read = channels.map(async ({ name, topic }) => [name, await bus.read(topic)] as const)
    const streams = new Map(await Promise.all(read))
    await bus.close()
    return streams
  } finally {
    await children.close()
  }
}
