import { randomBytes } from 'node:crypto'
import { tailGroupPrefix } from '@flux/contracts'
import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { Bus, Member, Tail } from '../port.ts'
import { createAdmin } from './admin.ts'
import { type ClientOptions, createClient } from './client.ts'
import { joinGroup } from './group.ts'
import { createBusMetrics } from './metrics.ts'
import { createProducer } from './producer.ts'
import { readTopic } from './read.ts'
import { startTail } from './tail.ts'

/** What a Kafka bus is made of. */
export interface KafkaBusOptions extends Omit<ClientOptions, 'onConnection'> {
  readonly metrics: Metrics
  readonly clock: Clock
  /** Consumer groups of tails begin with this; empty ones are deleted at start (default `flux-bff-`). */
  readonly tailGroupPrefix?: string
  readonly random?: () => number
  /** Topics that are sent to, for series that exist from the start. */
  readonly sends?: readonly string[]
  /** New ids for epochs and groups (default: 16 random bytes, base64url). */
  readonly newId?: () => string
  /** A tail's callback threw: a bug (default: thrown again where nothing catches it). */
  readonly fail?: (error: unknown) => void
}

const closeMs = 10_000

const throwUncaught = (error: unknown) => {
  queueMicrotask(() => {
    throw error
  })
}

/** The bus on Kafka. Connects when it is used; a broker that is away is waited for, or told as `bus_unavailable`. */
export const createKafkaBus = (options: KafkaBusOptions): Bus => {
  const { clock, log } = options
  const random = options.random ?? Math.random
  const newId = options.newId ?? (() => randomBytes(16).toString('base64url'))
  const kafka = createClient(options)
  const admin = createAdmin(kafka, log)
  const metrics = createBusMetrics(options.metrics, options.sends ?? [])
  const producer = createProducer({ kafka, clock, log })
  const open = new Set<Member | Tail>()
  let closed = false

  const opened = <T extends Member | Tail>(part: T): T => {
    open.add(part)
    const close = async () => {
      await part.close()
      open.delete(part)
    }
    return { ...part, close }
  }
  const assertOpen = () => {
    if (closed) throw new FluxError('bus_closed', 'the bus is closed')
  }
  const send: Bus['send'] = (topic, records, signal) =>
    metrics.sent(topic, records.length, producer.send(topic, records, signal))

  const closeAll = async () => {
    await Promise.all([...open].map((part) => part.close()))
    await Promise.all([producer.close(), admin.close()])
  }
  return {
    send,
    join: (group) => {
      assertOpen()
      const onRebalance = metrics.group().rebalanced
      return Promise.resolve(opened(joinGroup(group, { kafka, clock, random, log, onRebalance })))
    },
    tail: (tail) => {
      assertOpen()
      const measured = metrics.tail([...tail.topics.keys()])
      const started = startTail(tail, {
        ...{ admin, clock, random, log, newId, send },
        client: (onConnection) => createClient({ ...options, onConnection }),
        groupPrefix: options.tailGroupPrefix ?? tailGroupPrefix,
        fail: options.fail ?? throwUncaught,
        ...{ onReset: measured.reset, onLag: measured.lag },
        onLive: (batch) => measured.read(batch, clock.now()),
      })
      return opened(started)
    },
    read: (topic, signal) => readTopic(kafka, topic, signal),
    ends: (topic) => admin.ends(topic),
    ensureTopics: (topics) => admin.ensureTopics(topics),
    close: async () => {
      closed = true
      const late = Promise.withResolvers<void>()
      const cancel = clock.after(closeMs, late.resolve)
      await Promise.race([closeAll(), late.promise])
      cancel()
    },
  }
}
