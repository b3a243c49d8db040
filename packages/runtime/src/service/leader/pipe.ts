import type { Channel } from '@flux/contracts'
import type { Clock } from '../../clock.ts'
import { ContractError, FluxError } from '../../errors.ts'
import { createConflate } from '../../flow/conflate.ts'
import { pipe } from '../../flow/pipe.ts'
import type { PublishOptions } from '../../publish/record.ts'
import type { ServiceEvents } from '../events.ts'
import { createFailFast } from './fail-fast.ts'

/** How a stream is carried. */
export interface PipeSettings extends Pick<PublishOptions, 'source' | 'simulated'> {
  /** Most values per second and key of a `latest` channel (default 4). */
  readonly perSecond?: number
}

/** What carrying needs of its service. */
export interface PipeDependencies<V> {
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  readonly events: ServiceEvents
  /** `receivedAt`: when the stream yielded it, epoch milliseconds. */
  publish(value: V, receivedAt: number): Promise<void>
}

/** Most records of an `ordered` stream that are under way before the stream has to wait. */
const maxUnderWay = 1_000

/** A refused value is lost and counted, the stream goes on; what else fails ends it. */
const isRefused = (error: unknown): boolean => error instanceof ContractError

const streamFailed = (error: unknown, channel: Channel, events: ServiceEvents) => {
  const expected = error instanceof FluxError && error.code !== 'not_leader'
  if (!expected) throw error
  events.streamFailed(channel.name, error)
}

const carryNewest = async <V>(
  channel: Channel<string, V>,
  open: (signal: AbortSignal) => AsyncIterable<V>,
  options: PipeSettings & PipeDependencies<V>,
): Promise<void> => {
  const { clock, random, events, perSecond = 4 } = options
  const { signal, fail, throwFirst } = createFailFast(options.signal)
  const conflate = createConflate<string, { readonly value: V; readonly receivedAt: number }>({
    ...{ perSecond, clock, signal },
    emit: (_key, { value, receivedAt }) => options.publish(value, receivedAt),
    onError: (error) => {
      if (!isRefused(error)) fail(error)
    },
  })
  await pipe({
    ...{ open, clock, random, signal },
    sink: (value) => void conflate.set(channel.keyOf(value), { value, receivedAt: clock.now() }),
    onError: (error) => streamFailed(error, channel, events),
  })
  if (!signal.aborted) await conflate.drain()
  throwFirst()
}

const carryAll = async <V>(
  channel: Channel<string, V>,
  open: (signal: AbortSignal) => AsyncIterable<V>,
  options: PipeSettings & PipeDependencies<V>,
): Promise<void> => {
  const { clock, random, events } = options
  const { signal, fail, throwFirst } = createFailFast(options.signal)
  const underWay = new Set<Promise<void>>()
  const publish = async (value: V) => {
    try {
      await options.publish(value, clock.now())
    } catch (error) {
      if (!isRefused(error)) fail(error)
    }
  }
  await pipe({
    ...{ open, clock, random, signal },
    sink: async (value) => {
      const sent = publish(value).finally(() => underWay.delete(sent))
      underWay.add(sent)
      if (underWay.size >= maxUnderWay) await Promise.race(underWay)
    },
    onError: (error) => streamFailed(error, channel, events),
  })
  await Promise.all(underWay)
  throwFirst()
}

/**
 * Publishes what a stream yields until it ends or the signal is aborted: every value of an `ordered` channel, the newest
 * per key at a bounded rate of a `latest` one. A stream that fails is opened again after a delay; a refused value is
 * lost and counted. Rejects with an error that is a bug, with `not_leader`, and when publishing fails for good.
 */
export const pipeStream = <V>(
  channel: Channel<string, V>,
  open: (signal: AbortSignal) => AsyncIterable<V>,
  options: PipeSettings & PipeDependencies<V>,
): Promise<void> =>
  channel.delivery === 'ordered'
    ? carryAll(channel, open, options)
    : carryNewest(channel, open, options)
