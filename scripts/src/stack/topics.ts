import { topics } from '@flux/contracts'
import { createKafkaBus, createLog, createMetrics, systemClock } from '@flux/runtime'

/** Creates the topics of the contracts that are missing. Throws `bus_unavailable` (FluxError, retryable). */
export const createTopics = async (brokers: string): Promise<void> => {
  const bus = createKafkaBus({
    brokers: brokers.split(','),
    clientId: 'flux-topics',
    log: createLog({ name: 'topics', level: 'warn' }),
    metrics: createMetrics(),
    clock: systemClock,
  })
  try {
    await bus.ensureTopics(topics)
  } finally {
    await bus.close()
  }
}
