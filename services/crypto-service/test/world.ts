import { type Channel, topics } from '@flux/contracts'
import {
  createMemoryBroker,
  createMemoryBus,
  createMemoryCache,
  launchService,
  systemClock,
} from '@flux/runtime'
import { type SandboxOptions, startSandbox } from '@flux/sandbox'
import { testHost } from '@flux/testkit'
import { onTestFinished } from 'vitest'
import { cryptoSettings } from '../src/config.ts'
import { startCrypto } from '../src/crypto-service.ts'
import type { TradeRecord } from '../src/values.ts'

const clock = systemClock

/** A replica of the service that is running. */
export interface Replica {
  /** Stops it in an orderly way; resolves with its exit status. */
  stop(): Promise<number>
  /** Cuts it off from the log, as a dead process or network is. */
  cut(): void
  /** Value of a metric's series, or the sum over all of its series that have these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>
  /** Log entries so far. */
  logged(): readonly Readonly<Record<string, unknown>>[]
  exits(): readonly number[]
}

/** A sandbox and a log in memory that the replicas of a test share. */
export const openWorld = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox({ rate: 100, ...options })
  onTestFinished(sandbox.close)
  const broker = createMemoryBroker({ clock })
  const observer = createMemoryBus({ clock, broker })
  await observer.ensureTopics(topics)
  const cache = createMemoryCache({ clock })
  const own = new URL(sandbox.url)

  const start = async (
    identity: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Replica> => {
    const bus = createMemoryBus({ clock, broker })
    const host = testHost({
      identity,
      env: {
        LOG_LEVEL: 'debug',
        SIMULATED: 'true',
        COINBASE_WS_URL: `ws://${own.host}/coinbase/ws`,
        COINBASE_REST_URL: `${sandbox.url}/coinbase`,
        COINGECKO_URL: `${sandbox.url}/coingecko/api/v3`,
        ...env,
      },
    })
    const started = Promise.withResolvers<number>()
    const launched = launchService(
      {
        name: 'crypto-service',
        settings: cryptoSettings,
        start: async (service) => {
          await startCrypto(service)
          started.resolve(service.internalPort)
        },
      },
      host,
      () => ({ bus, cache }),
    )
    const port = await Promise.race([
      started.promise,
      launched.then(() => started.promise),
      host.exited.then((code) => Promise.reject(new Error(`${code}: ${host.complained()}`))),
    ])
    await launched
    const stop = async () => {
      if (host.exits().length === 0) host.signal('SIGTERM')
      return await host.exited
    }
    onTestFinished(async () => void (await stop()))
    return {
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
  }

  /** All records of a topic, as they were appended per partition. */
  const records = (topic: string) => observer.read(topic)

  /** All values of a channel that were published so far; throws where one breaks the contract. */
  const values = async <V>(channel: Channel<string, V>): Promise<V[]> =>
    (await records(channel.topic)).flatMap(({ value }) =>
      value === null ? [] : [channel.schema.parse(JSON.parse(value.toString()))],
    )

  return { sandbox, broker, observer, start, records, values }
}

/** A world. */
export type World = Awaited<ReturnType<typeof openWorld>>

/** Trades by product, in the order of the log. */
export const byProduct = (records: readonly TradeRecord[]) =>
  Map.groupBy(records, (record) => record.product)

/** Ids that are missing or out of order in what a reader of the log sees, who drops what is not newer. */
export const faultsIn = (records: readonly TradeRecord[]): string[] => {
  const faults: string[] = []
  for (const [product, list] of byProduct(records)) {
    let last: number | undefined
    for (const record of list) {
      const from = record.kind === 'gap' ? record.fromTradeId : record.tradeId
      if (last !== undefined && record.tradeId <= last) continue
      if (last !== undefined && from !== last + 1) faults.push(`${product}: ${from} after ${last}`)
      last = record.tradeId
    }
  }
  return faults
}
