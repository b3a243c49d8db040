import { type Channel, platformSources, topics } from '@flux/contracts'
import {
  createMemoryBroker,
  createMemoryBus,
  createMemoryCache,
  launchService,
  systemClock,
} from '@flux/runtime'
import { startSandbox } from '@flux/sandbox'
import { testHost } from '@flux/testkit'
import { expect, onTestFinished, vi } from 'vitest'
import { newsSettings } from '../src/config.ts'
import { startNews } from '../src/news-service.ts'

const clock = systemClock

/** The key of all replicas: it may be in no line of a log and in no record. */
export const apiKey = 'pub_never-to-be-seen'

/** A call every second, as the sandbox allows it and the real provider does not. */
export const fast = {
  NEWS_EVERY_SECONDS: '1',
  NEWSDATA_DAILY_CREDITS: '1000000',
  NEWSDATA_BURST_CREDITS: '100000',
}

/** A replica of the service that is running. */
export interface Replica {
  /** Stops it in an orderly way; resolves with its exit status. */
  stop(): Promise<number>
  /** What a path of the internal port answers. */
  get(path: string): Promise<{ readonly status: number; readonly text: string }>
  /** Sum of a metric's series that have these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>
  /** Log entries so far. */
  logged(): readonly Readonly<Record<string, unknown>>[]
  exits(): readonly number[]
}

/** A sandbox and a log in memory that the replicas of a test share. */
export const openWorld = async () => {
  const sandbox = await startSandbox({ rate: 0 })
  onTestFinished(sandbox.close)
  await fetch(`${sandbox.url}/control/newsdata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ creditsPerDay: 1_000_000, creditsPer15Minutes: 1_000_000 }),
  })
  const broker = createMemoryBroker({ clock })
  const observer = createMemoryBus({ clock, broker })
  await observer.ensureTopics(topics)
  const cache = createMemoryCache({ clock })

  const launch = async (identity: string, env: Readonly<Record<string, string>>) => {
    const bus = createMemoryBus({ clock, broker })
    const host = testHost({
      identity,
      env: {
        LOG_LEVEL: 'debug',
        SIMULATED: 'true',
        NEWSDATA_URL: `${sandbox.url}/newsdata/api/1`,
        NEWSDATA_API_KEY: apiKey,
        ...env,
      },
    })
    const started = Promise.withResolvers<number>()
    const launched = launchService(
      {
        name: 'news-service',
        settings: newsSettings,
        start: async (service) => {
          await startNews(service)
          started.resolve(service.internalPort)
        },
      },
      host,
      () => ({ bus, cache }),
    )
    return { host, started: started.promise, launched }
  }

  const start = async (
    identity: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Replica> => {
    const { host, started, launched } = await launch(identity, env)
    const port = await Promise.race([
      started,
      host.exited.then((code) => Promise.reject(new Error(`${code}: ${host.complained()}`))),
    ])
    await launched
    const stop = async () => {
      if (host.exits().length === 0) host.signal('SIGTERM')
      return await host.exited
    }
    onTestFinished(async () => {
      await stop()
      expect(JSON.stringify(host.logged())).not.toContain(apiKey)
    })
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`)
      return { status: response.status, text: await response.text() }
    }
    return {
      ...{ stop, get, logged: host.logged, exits: host.exits },
      metric: async (name, labels = {}) => {
        const { text } = await get('/metrics')
        const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
        return text
          .split('\n')
          .filter((line) => line.startsWith(name) && wanted.every((part) => line.includes(part)))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
      },
    }
  }

  /** Runs it until it ends by itself: exit status, and what it said to standard error. */
  const startInVain = async (env: Readonly<Record<string, string>>) => {
    const { host } = await launch('a', env)
    return { code: await host.exited, complained: host.complained() }
  }

  /** All records of a topic, as they were appended per partition. */
  const records = (topic: string) => observer.read(topic)

  /** All values of a channel that were published so far; throws where one breaks the contract. */
  const values = async <V>(channel: Channel<string, V>): Promise<V[]> =>
    (await records(channel.topic)).flatMap(({ value }) =>
      value === null ? [] : [channel.schema.parse(JSON.parse(value.toString()))],
    )

  /** What the service has told last about its provider. */
  const source = async () => (await values(platformSources)).at(-1)

  return { sandbox, observer, start, startInVain, records, values, source }
}

/** Waits until what it expects holds. */
export const until = async (check: () => Promise<void> | void) =>
  void (await vi.waitFor(check, { timeout: 20_000, interval: 50 }))
