import { randomBytes, randomUUID } from 'node:crypto'
import {
  type Channel,
  type ChannelName,
  channelByName,
  encodeMeta,
  topics,
  type ValueByName,
} from '@flux/contracts'
import { createPlaces } from '@flux/places'
import {
  type Bus,
  type Cache,
  connectValkey,
  createKafkaBus,
  createLog,
  createMemoryBroker,
  createMemoryBus,
  createMetrics,
  loadConfig,
  type MemoryBroker,
  systemClock,
  type ValkeyClients,
  valkeyClients,
} from '@flux/runtime'
import { type Bff, startBff } from '../src/app.ts'
import { settings } from '../src/config.ts'

const clock = systemClock
const places = createPlaces()
const log = createLog({ name: 'test', level: 'silent' })

/** A bus on the given brokers, for tests that produce. */
export const openBus = (brokers: string): Bus =>
  createKafkaBus({
    brokers: brokers.split(','),
    clientId: 'test',
    log,
    metrics: createMetrics(),
    clock,
  })

/** All topics of the contracts. */
export const createTopics = (bus: Bus): Promise<void> => bus.ensureTopics(topics)

/** A running replica of this process with its address. */
export interface Replica extends Bff {
  readonly name: string
  readonly url: string
  readonly metrics: ReturnType<typeof createMetrics>
  /** Lines of its log, from level info on. */
  readonly logged: readonly string[]
  /** Drains and closes everything that `startReplica` opened. */
  end(): Promise<void>
}

/** The secret that all replicas of a test share. */
const sessionKeys = `test:${'k'.repeat(32)}`

interface ReplicaParts {
  readonly name: string
  readonly bus: Bus
  readonly metrics: ReturnType<typeof createMetrics>
  readonly valkey?: ValkeyClients | undefined
  readonly cache?: Cache | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
}

const open = async ({ name, bus, metrics, valkey, cache, env }: ReplicaParts): Promise<Replica> => {
  const config = loadConfig(settings, {
    ...{ PORT: '0', SESSION_KEYS: sessionKeys, DRAIN_MS: '200' },
    ...env,
  })
  const ending = new AbortController()
  const logged: string[] = []
  const log = createLog({ name }, { write: (line) => void logged.push(line) })
  const bff = await startBff({
    ...{ config, replica: name, bus, clock, random: Math.random, log, metrics },
    tracing: { past: () => undefined },
    ...(valkey && { valkey }),
    ...(cache && { cache }),
    newId: randomUUID,
    places,
    signal: ending.signal,
  })
  const end = async () => {
    ending.abort()
    await bff.drain()
    await bff.close()
    await valkey?.close()
    await cache?.close()
    await bus.close()
  }
  return { ...bff, name, url: `http://127.0.0.1:${bff.port}`, metrics, logged, end }
}

const newName = () => `replica-${randomBytes(4).toString('hex')}`

/** Starts a replica in this process. */
export const startReplica = (options: {
  readonly brokers: string
  readonly valkeyUrl?: string
  readonly env?: Readonly<Record<string, string>>
}): Promise<Replica> => {
  const { brokers, valkeyUrl, env } = options
  const name = newName()
  const metrics = createMetrics()
  const bus = createKafkaBus({
    brokers: brokers.split(','),
    clientId: name,
    log,
    metrics,
    clock,
  })
  const valkey = valkeyUrl === undefined ? undefined : valkeyClients(valkeyUrl, { log, clock })
  const cache =
    valkeyUrl === undefined
      ? undefined
      : connectValkey({ url: valkeyUrl, log, metrics, clock }).cache
  return open({ name, bus, metrics, valkey, cache, env })
}

/** A log in memory with all topics of the contracts. */
export const memoryBroker = (): MemoryBroker => {
  const broker = createMemoryBroker({ clock })
  broker.ensure(topics)
  return broker
}

/** Starts a replica on a log in memory. */
export const startMemoryReplica = (
  broker: MemoryBroker,
  env?: Readonly<Record<string, string>>,
  cache?: Cache,
): Promise<Replica> =>
  open({
    ...{ name: newName(), metrics: createMetrics(), env, cache },
    bus: createMemoryBus({ clock, broker }),
  })

/** Appends a value to its channel as a service would. Returns what was written. */
export const produce = async <N extends ChannelName>(
  bus: Pick<Bus, 'send'>,
  name: N,
  value: ValueByName[N],
) => {
  const channel: Channel | undefined = channelByName(name)
  if (!channel) throw new Error(`no channel ${name}`)
  const at = channel.atOf(value)
  const headers = encodeMeta({
    schema: channel.schemaId,
    source: 'test',
    simulated: true,
    at,
    producedAt: clock.now(),
    id: randomBytes(8).toString('hex'),
    version: channel.versionOf(value),
  })
  await bus.send(channel.topic, [
    { key: channel.keyOf(value), value: JSON.stringify(value), headers },
  ])
}

/** A ticker whose price and sequence are `n`. */
export const ticker = (n: number, product = 'BTC-USD'): ValueByName['crypto.ticker'] => ({
  product,
  price: n,
  open24h: null,
  high24h: null,
  low24h: null,
  volume24h: null,
  volume24hUsd: null,
  change24hPercent: null,
  bestBid: null,
  bestAsk: null,
  lastSize: null,
  side: 'buy',
  tradeId: n,
  sequence: n,
  at: clock.now(),
})

/** Trade number `n`. */
export const trade = (n: number, product = 'BTC-USD'): ValueByName['crypto.trades'] => ({
  kind: 'trade',
  product,
  tradeId: n,
  price: n,
  size: 1,
  side: 'sell',
  at: clock.now(),
})
