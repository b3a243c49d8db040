import { type Channel, fetchWeather, platformSources, topics, weather } from '@flux/contracts'
import {
  type Clock,
  createMemoryBroker,
  createMemoryBus,
  createMemoryCache,
  launchService,
  systemClock,
} from '@flux/runtime'
import { testHost } from '@flux/testkit'
import { expect, onTestFinished, vi } from 'vitest'
import { weatherSettings } from '../src/config.ts'
import { startWeather } from '../src/weather-service.ts'

/** A replica of the service that is running. */
export interface Replica {
  /** Stops it in an orderly way; resolves with its exit status. */
  stop(): Promise<number>
  /** Cuts it off from the log, as a dead process or network is. */
  cut(): void
  /** Sum over a metric's series that have these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>
  logged(): readonly Readonly<Record<string, unknown>>[]
  exits(): readonly number[]
}

/** Waits until what it expects holds. */
export const until = async (check: () => Promise<void> | void) =>
  void (await vi.waitFor(check, { timeout: 20_000, interval: 20 }))

const launched = async (
  host: ReturnType<typeof testHost>,
  parts: Parameters<typeof launchService>[2],
) => {
  const started = Promise.withResolvers<number>()
  const launching = launchService(
    {
      name: 'weather-service',
      settings: weatherSettings,
      start: async (service) => {
        await startWeather(service)
        started.resolve(service.internalPort)
      },
    },
    host,
    parts,
  )
  const refused = async () => {
    throw new Error(`exit ${await host.exited}: ${host.complained()}`)
  }
  const port = await Promise.race([started.promise, refused()])
  await launching
  return port
}

/** A log and a cache in memory that the replicas of a test share. `env` holds the addresses of the providers. */
export const openWorld = async (
  env: Readonly<Record<string, string>>,
  clock: Clock = systemClock,
) => {
  const broker = createMemoryBroker({ clock })
  const observer = createMemoryBus({ clock, broker })
  await observer.ensureTopics(topics)
  const cache = createMemoryCache({ clock })
  let ids = 0

  const start = async (identity: string, more: Readonly<Record<string, string>> = {}) => {
    const bus = createMemoryBus({ clock, broker })
    const host = testHost({ identity, clock, env: { LOG_LEVEL: 'trace', ...env, ...more } })
    const port = await launched(host, () => ({ bus, cache }))
    const stop = async () => {
      if (host.exits().length === 0) host.signal('SIGTERM')
      return await host.exited
    }
    // A clock that stands still stops nobody.
    if (clock === systemClock) onTestFinished(async () => void (await stop()))
    const replica: Replica = {
      stop,
      cut: bus.cut,
      logged: host.logged,
      exits: host.exits,
      metric: async (name, labels = {}) => {
        const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
        const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
        return text
          .split('\n')
          .filter((line) => line.startsWith(name) && wanted.every((part) => line.includes(part)))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
      },
    }
    return replica
  }

  /** Sends commands, as somebody does who has waited for so long. */
  const ask = async (placeIds: readonly string[], waitedMs = 0) => {
    const now = clock.now()
    const records = placeIds.map((placeId) => {
      ids += 1
      const times = { requestedAt: now, waitingSince: now - waitedMs }
      const body = fetchWeather.bodyOf(placeId)
      const command = { id: `c${ids}`, reason: 'missing', ...times, body }
      return { key: placeId, value: JSON.stringify(command), headers: {} }
    })
    await observer.send(fetchWeather.topic, records)
  }

  /** All values of a channel that were published so far; throws where one breaks the contract. */
  const values = async <V>(channel: Channel<string, V>): Promise<V[]> =>
    (await observer.read(channel.topic)).flatMap(({ value }) =>
      value === null ? [] : [channel.schema.parse(JSON.parse(value.toString()))],
    )

  /** The newest value of a place. */
  const weatherOf = async (placeId: string) =>
    (await values(weather)).findLast(({ place }) => place.id === placeId)

  /** What was told last about the provider. */
  const source = async () => (await values(platformSources)).at(-1)

  /** Waits until so many commands were handled by all of these. */
  const handled = (replicas: readonly Replica[], count: number) =>
    until(async () => {
      const counts = await Promise.all(replicas.map((one) => one.metric('flux_commands_total')))
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(count)
    })

  return { broker, cache, observer, start, ask, values, weatherOf, source, handled }
}

/** A world. */
export type World = Awaited<ReturnType<typeof openWorld>>
