import { refreshMovers, refreshTopcoins, topics } from '@flux/contracts'
import { type ManualClock, manualClock, type TestHost, testHost } from '@flux/testkit'
import { createMemoryBroker, type MemoryBroker } from '../bus/memory/broker.ts'
import { createMemoryBus, type MemoryBus } from '../bus/memory/memory-bus.ts'
import { createMemoryCache, type MemoryCache } from '../cache/memory.ts'
import type { Service } from './core.ts'
import { launchService } from './service.ts'

/** What the replicas of a test share. */
export interface World {
  readonly clock: ManualClock
  readonly broker: MemoryBroker
  readonly cache: MemoryCache
}

/** A clock that stands still, a log with all topics and a cache. */
export const makeWorld = async (): Promise<World> => {
  const clock = manualClock()
  const broker = createMemoryBroker({ clock })
  await createMemoryBus({ clock, broker }).ensureTopics(topics)
  return { clock, broker, cache: createMemoryCache({ clock }) }
}

/** A replica that runs. */
export interface Running {
  readonly host: TestHost
  readonly bus: MemoryBus
  readonly service: Service<unknown>
}

/** Starts a crypto-service whose work is given; `start` has to register all of its commands. */
export const run = async (
  { clock, broker, cache }: World,
  start: (service: Service<unknown>) => void,
  identity = 'one',
): Promise<Running> => {
  const host = testHost({ clock, identity })
  const bus = createMemoryBus({ clock, broker, random: () => 0.5 })
  const started = Promise.withResolvers<Service<unknown>>()
  const launched = launchService(
    {
      name: 'crypto-service',
      settings: {},
      start: async (service) => {
        start(service)
        started.resolve(service)
      },
    },
    host,
    () => ({ bus, cache }),
  )
  void launched.then(() => started.reject(new Error(`not started: ${host.complained()}`)))
  const service = await started.promise
  await launched
  await clock.advance(1_000)
  return { host, bus, service }
}

/** Registers commands that do nothing. */
export const idle = (service: Service<unknown>) => {
  service.handle(refreshMovers, async () => {})
  service.handle(refreshTopcoins, async () => {})
}

/** Ends a replica in an orderly way; resolves with its exit status. */
export const stop = async ({ clock }: World, { host }: Running): Promise<number> => {
  host.signal('SIGTERM')
  await clock.advance(20_000)
  return await host.exited
}
