import type { Channel } from '@flux/contracts'
import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import { createRefusedLetters } from './dead-letter.ts'
import { createPublishEvents } from './events.ts'
import { createLane, type Lane } from './lane.ts'
import {
  type Prepared,
  type PublishOptions,
  RefusedError,
  toRecord,
  toTombstone,
} from './record.ts'
import { type Sent, waitForAll, waitForNewest } from './waiting.ts'

/** Puts values of channels on the bus. */
export interface Publisher {
  /**
   * Resolves when all in-sync replicas hold the record, or (`latest` channels) when a newer value of its key has taken
   * its place. While the bus is away it waits: `latest` channels keep the newest value per key, `ordered` ones every
   * record. Throws `contract_broken` for a value that its channel refuses, `bus_unavailable` when too many wait, what
   * `guard` throws, the signal's reason, and errors of the bus that trying again cannot help.
   */
  publish<V>(
    channel: Channel<string, V>,
    value: V,
    options?: PublishOptions & { readonly guard?: () => void },
  ): Promise<void>
  /** Removes a key from a `latest` channel; the same promise. */
  tombstone(
    channel: Channel,
    key: string,
    options?: PublishOptions & { readonly guard?: () => void },
  ): Promise<void>
  /** False while sending fails. */
  healthy(): boolean
  /** Sends what waits, each once more; what then fails is rejected. */
  close(): Promise<void>
}

/** What a publisher is made of. */
export interface PublisherOptions {
  readonly bus: Pick<Bus, 'send'>
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly metrics: Metrics
  readonly tracing: Pick<Tracing, 'span' | 'traceparent'>
  readonly service: string
  /** Most records of an `ordered` channel that wait (default 10,000). */
  readonly orderedLimit?: number
  /** Told of every record that the bus has taken. */
  onSent?(channel: Channel, key: string): void
}

type Guarded = PublishOptions & { readonly guard?: () => void }

/** Waits for the outcome of an entry, or for the caller to give up. */
const enqueue = async (lane: Lane, prepared: Prepared, options: Guarded): Promise<Sent> => {
  const { signal, guard } = options
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Sent>()
  const onAbort = () => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  lane.push({
    record: prepared.record,
    version: prepared.version,
    guard: () => {
      signal?.throwIfAborted()
      guard?.()
    },
    resolve,
    reject,
  })
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

/** The lane of each channel, made when it is first used. */
const createLanes = (options: PublisherOptions, onRetry: (name: string, e: unknown) => void) => {
  const lanes = new Map<string, Lane>()
  const { bus, clock, random, orderedLimit = 10_000 } = options
  const laneOf = (channel: Channel): Lane => {
    const known = lanes.get(channel.name)
    if (known) return known
    const lane = createLane({
      waiting:
        channel.delivery === 'ordered' ? waitForAll(orderedLimit) : waitForNewest(channel.maxKeys),
      clock,
      random,
      send: (records) => bus.send(channel.topic, records),
      onRetry: (error) => onRetry(channel.name, error),
    })
    lanes.set(channel.name, lane)
    return lane
  }
  return { lanes, laneOf }
}

/** Makes a publisher. */
export const createPublisher = (options: PublisherOptions): Publisher => {
  const { clock, log, metrics, tracing, service, newId } = options
  const events = createPublishEvents({
    service,
    log,
    metrics,
    waiting: () => [...lanes].map(([name, lane]) => [name, lane.size()] as const),
  })
  const { lanes, laneOf } = createLanes(options, events.retried)
  const letter = createRefusedLetters({
    ...{ bus: options.bus, clock, service, newId },
    onError: events.undelivered,
  })
  const contextNow = () => ({
    service,
    now: clock.now(),
    traceparent: tracing.traceparent(),
    newId,
  })

  const prepare = <V>(channel: Channel<string, V>, value: V, given: Guarded): Prepared => {
    try {
      return toRecord(channel, value, { ...given, context: contextNow() })
    } catch (error) {
      if (error instanceof RefusedError) {
        events.refused(channel.name, error)
        letter(channel, value, error)
      }
      throw error
    }
  }

  const send = async (channel: Channel, prepared: Prepared, given: Guarded) => {
    if (prepared.clamped) events.clamped(channel.name)
    const startedAt = clock.monotonic()
    try {
      const outcome = await enqueue(laneOf(channel), prepared, given)
      events.sent(channel.name, outcome, (clock.monotonic() - startedAt) / 1_000)
      if (outcome === 'ok') options.onSent?.(channel, prepared.record.key)
    } catch (error) {
      events.unsent(channel.name, error)
      throw error
    }
  }

  const inPublishSpan = (channel: Channel, work: () => Promise<void>) =>
    tracing.span(`publish ${channel.name}`, work, {
      kind: 'producer',
      attributes: {
        'messaging.system': 'kafka',
        'messaging.operation.type': 'send',
        'messaging.destination.name': channel.topic,
      },
    })
  /** A value of a stream begins its trace where it came in; others are published within a span of their own work. */
  const inSpan = (channel: Channel, given: PublishOptions, work: () => Promise<void>) =>
    given.receivedAt === undefined
      ? inPublishSpan(channel, work)
      : tracing.span(`receive ${channel.name}`, () => inPublishSpan(channel, work), {
          kind: 'consumer',
          startMs: given.receivedAt,
          attributes: { 'flux.source': given.source ?? service },
        })

  return {
    publish: (channel, value, given = {}) =>
      inSpan(channel, given, () => send(channel, prepare(channel, value, given), given)),
    tombstone: (channel, key, given = {}) =>
      inSpan(channel, given, () =>
        send(channel, toTombstone(channel, key, { ...given, context: contextNow() }), given),
      ),
    healthy: () => [...lanes.values()].every((lane) => lane.healthy()),
    close: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.close()))
    },
  }
}
