import { createChildren, startKafka, startValkey } from '@flux/scripts/servers'
import type { TestProject } from 'vitest/node'
import './provided.ts'

/** Starts the run's one Kafka and one Valkey; what it returns ends them. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const children = await createChildren('flux-test-')
  try {
    const [kafka, valkey] = await Promise.all([startKafka({ children }), startValkey({ children })])
    project.provide('kafkaBrokers', kafka.brokers)
    project.provide('valkeyUrl', valkey.url)
  } catch (error) {
    await children.close()
    throw error
  }
  return children.close
}
