import { AsyncLocalStorage } from 'node:async_hooks'
import type { Channel } from '@flux/contracts'
import type { Leadership } from '../../bus/port.ts'
import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import type { Publisher } from '../../publish/publisher.ts'
import type { PublishOptions } from '../../publish/record.ts'
import type { ServiceEvents } from '../events.ts'
import type { Sources } from '../sources.ts'
import { createFailFast } from './fail-fast.ts'
import { type PipeSettings, pipeStream } from './pipe.ts'
import { type PollSettings, pollWork } from './poll.ts'

/** What work of the leader is given. Everything in here stops when leadership is lost. */
export interface Leader {
  /** Aborted when leadership is lost or the process closes. */
  readonly signal: AbortSignal
  /** As `Service.publish`; throws `not_leader` when leadership is not certain any more. */
  publish<V>(channel: Channel<string, V>, value: V, options?: PublishOptions): Promise<void>
  publishTombstone(channel: Channel, key: string, options?: PublishOptions): Promise<void>
  /**
   * Fetches at once and then every `everyMs` milliseconds and publishes what it got (`undefined`: nothing), with jitter,
   * timeout, retry and breaker. Resolves when leadership ends.
   */
  poll<V>(
    channel: Channel<string, V>,
    everyMs: number,
    fetch: (signal: AbortSignal) => Promise<V | undefined>,
    settings?: PollSettings,
  ): Promise<void>
  /** The same for work that publishes by itself. */
  poll(
    name: string,
    everyMs: number,
    work: (signal: AbortSignal) => Promise<void>,
    settings?: PollSettings,
  ): Promise<void>
  /** Publishes what a stream yields; a `latest` channel at most 4 values a second and key. Resolves when it ends. */
  pipe<V>(
    channel: Channel<string, V>,
    open: (signal: AbortSignal) => AsyncIterable<V>,
    settings?: PipeSettings,
  ): Promise<void>
}

/** Work that runs on one replica of a service. */
export type LeaderWork = (leader: Leader) => Promise<void>

/** What leader work will do, told before there is a leader: its metrics are there from the start. */
export interface LeaderPlan {
  /** Names of what it polls: those of channels, or its own. */
  readonly polls?: readonly string[]
  /** Channels that it pipes. */
  readonly pipes?: readonly Pick<Channel, 'name'>[]
}

/** What running leader work depends on. */
export interface LeaderDependencies {
  readonly clock: Clock
  readonly random: () => number
  readonly publisher: Publisher
  readonly events: ServiceEvents
  readonly sources: Sources
  /** Told of an error that is a bug. */
  fail(error: unknown): void
}

interface Scope {
  readonly leadership: Leadership
  readonly signal: AbortSignal
}

const scopes = new AsyncLocalStorage<Scope>()

const bothSignals = (one: AbortSignal | undefined, other: AbortSignal | undefined) =>
  one && other ? AbortSignal.any([one, other]) : (one ?? other)

const fenced = (options: PublishOptions | undefined, scope: Scope | undefined) => {
  if (!scope) return options ?? {}
  const signal = bothSignals(options?.signal, scope.signal)
  return { ...options, ...(signal && { signal }), guard: scope.leadership.assert }
}

/** A publisher's functions that are fenced when they are called from leader work, however deep. */
export const publishInScope = (
  publisher: Publisher,
  scopeOf = (): Scope | undefined => scopes.getStore(),
): Pick<Leader, 'publish' | 'publishTombstone'> => ({
  publish: (channel, value, options) =>
    publisher.publish(channel, value, fenced(options, scopeOf())),
  publishTombstone: (channel, key, options) =>
    publisher.tombstone(channel, key, fenced(options, scopeOf())),
})

const createLeader = (scope: Scope, deps: LeaderDependencies): Leader => {
  const { signal } = scope
  const { clock, random, events, sources } = deps
  const common = { clock, random, events, sources, signal }
  const fence = publishInScope(deps.publisher, () => scope)

  function poll<V>(
    target: Channel<string, V>,
    everyMs: number,
    fetch: (signal: AbortSignal) => Promise<V | undefined>,
    settings?: PollSettings,
  ): Promise<void>
  function poll(
    target: string,
    everyMs: number,
    work: (signal: AbortSignal) => Promise<void>,
    settings?: PollSettings,
  ): Promise<void>
  function poll(
    target: Channel | string,
    everyMs: number,
    fetch: (signal: AbortSignal) => Promise<unknown>,
    settings: PollSettings = {},
  ): Promise<void> {
    const work = async (inner: AbortSignal) => {
      const value = await fetch(inner)
      if (typeof target === 'string' || value === undefined) return
      await fence.publish(target, value, { ...settings, signal: inner })
    }
    return pollWork(typeof target === 'string' ? target : target.name, work, {
      ...settings,
      ...common,
      everyMs,
    })
  }

  return {
    ...fence,
    signal,
    poll,
    pipe: (channel, open, settings = {}) =>
      pipeStream(channel, open, {
        ...{ ...settings, ...common },
        publish: (value, receivedAt) => fence.publish(channel, value, { ...settings, receivedAt }),
      }),
  }
}

const isBug = (error: unknown): boolean => !(error instanceof FluxError)

/** Runs all works until all are done; one that fails ends the others first, then its error is thrown. */
const runTogether = async (
  works: readonly LeaderWork[],
  scope: Scope,
  deps: LeaderDependencies,
) => {
  const { signal, fail, throwFirst } = createFailFast(scope.signal)
  const leader = createLeader({ ...scope, signal }, deps)
  const run = async (work: LeaderWork) => {
    try {
      await work(leader)
    } catch (error) {
      if (!signal.aborted) fail(error)
    }
  }
  await Promise.all(works.map(run))
  throwFirst()
}

/**
 * The leader's whole work as the bus wants it: all of `works` together. An error that is a bug is given to `fail`; every
 * error is thrown, so that the bus starts the work again.
 */
export const leadWith =
  (works: readonly LeaderWork[], deps: LeaderDependencies) =>
  async (leadership: Leadership, signal: AbortSignal): Promise<void> => {
    const scope = { leadership, signal }
    // From here on this replica's view of the providers is the one that counts.
    void deps.sources.flush()
    try {
      await scopes.run(scope, () => runTogether(works, scope, deps))
    } catch (error) {
      if (isBug(error) && !signal.aborted) deps.fail(error)
      throw error
    }
  }
