import { type Channel, platformSources, refreshPerformers, topics } from '@flux/contracts'
import {
  createMemoryBroker,
  createMemoryBus,
  createMemoryCache,
  launchService,
  systemClock,
} from '@flux/runtime'
import { testHost } from '@flux/testkit'
import { expect, onTestFinished, vi } from 'vitest'
import { stockSettings } from '../src/config.ts'
import { startStock } from '../src/stock-service.ts'
import { key } from './finnhub.ts'

const clock = systemClock

/** Waits until what it expects holds. */
export const until = async (check: () => Promise<void> | void) =>
  void (await vi.waitFor(check, { timeout: 20_000, interval: 50 }))

/** A replica of the service that is running. */
export interface Replica {
  /** Stops it in an orderly way; resolves with its exit status. */
  stop(): Promise<number>
  /** Sum over all series of a metric that have these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>
  /** HTTP status of `/readyz`. */
  readiness(): Promise<number>
  logged(): readonly Readonly<Record<string, unknown>>[]
}

/** A log in memory that the replicas of a test share; `env` is what they all are started with. */
export const openWorld = async (env: Readonly<Record<string, string>>) => {
  const broker = createMemoryBroker({ clock })
  const observer = createMemoryBus({ clock, broker })
  await observer.ensureTopics(topics)
  const cache = createMemoryCache({ clock })
  let commands = 0

  const start = async (
    identity: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Replica> => {
    const bus = createMemoryBus({ clock, broker })
    const host = testHost({ identity, env: { LOG_LEVEL: 'debug', ...env, ...more } })
    const started = Promise.withResolvers<number>()
    const launched = launchService(
      {
        name: 'stock-service',
        settings: stockSettings,
        start: async (service) => {
          await startStock(service)
          started.resolve(service.internalPort)
        },
      },
      host,
      () => ({ bus, cache }),
    )
    const port = await Promise.race([
      started.promise,
      host.exited.then((code) => Promise.reject(new Error(`${code}: ${host.complained()}`))),
    ])
    await launched
    const stop = async () => {
      if (host.exits().length === 0) host.signal('SIGTERM')
      return await host.exited
    }
    onTestFinished(async () => {
      expect(await stop()).toBe(0)
      const output = [JSON.stringify(host.logged()), host.printed(), host.complained()].join()
      expect(output).not.toContain(key)
    })
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    return {
      stop,
      logged: host.logged,
      readiness: async () => (await get('/readyz')).status,
      metric: async (name, labels = {}) => {
        const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
        return (await (await get('/metrics')).text())
          .split('\n')
          .filter((line) => line.startsWith(name) && wanted.every((part) => line.includes(part)))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
      },
    }
  }

  /** All records of a channel, as they were appended per partition. */
  const records = (channel: Channel) => observer.read(channel.topic)

  /** All values of a channel that were published so far; throws where one breaks the contract. */
  const values = async <V>(channel: Channel<string, V>): Promise<V[]> =>
    (await records(channel)).flatMap(({ value }) =>
      value === null ? [] : [channel.schema.parse(JSON.parse(value.toString()))],
    )

  /** What the service has told last about a provider. */
  const source = async (provider = 'finnhub') =>
    (await values(platformSources)).findLast((each) => each.provider === provider)

  /** Asks for the performers. */
  const command = async () => {
    commands += 1
    const now = clock.now()
    const value = {
      id: `c${commands}`,
      reason: 'missing',
      requestedAt: now,
      waitingSince: now,
      body: {},
    }
    const record = { key: 'global', value: JSON.stringify(value), headers: {} }
    await observer.send(refreshPerformers.topic, [record])
  }

  return { start, records, values, source, command }
}

/** A world. */
export type World = Awaited<ReturnType<typeof openWorld>>
