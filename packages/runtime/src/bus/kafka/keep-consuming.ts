import type { Consumer, EachBatchHandler } from 'kafkajs'
import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import { fullJitter } from '../../flow/backoff.ts'
import type { Log } from '../../telemetry/log.ts'
import { toBusError } from './errors.ts'

/** One consumer's life, as its listeners see it. */
export interface Session {
  /** False once this consumer is given up; what it still says does not count. */
  live(): boolean
  /** Gives this consumer up, so that another is made. */
  end(error: unknown): void
}

/** A consumer that is kept alive. */
export interface ConsumingOptions {
  readonly group: string
  readonly topics: readonly string[]
  readonly concurrency: number
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  /** Makes a fresh consumer with its listeners. */
  create(session: Session): Consumer
  eachBatch: EachBatchHandler
  /** Milliseconds since the broker last answered; a consumer without an answer for 15 s is given up. */
  quietMs(): number
  /** Told whenever a consumer is gone, before the next is made. */
  onDown(error: FluxError): void
}

/** The running whole. */
export interface Consuming {
  /** Ends the present consumer, gracefully, and makes no other. */
  close(): Promise<void>
}

/** A failing start is tried again after at most this long: short, for a tail is wanted as soon as the broker is back. */
const backoff = { baseMs: 200, maxMs: 2000 }
const disconnectMs = 10_000
/** Longer than a join may take. kafkajs itself asks on over a dead connection, for a minute. */
const stalledMs = 15_000
const checkMs = 1000

/**
 * Disconnects after the start has settled: kafkajs forgets a `disconnect` that comes while it joins, and runs on.
 * Waits only so long: on a broker that hangs every request takes its full timeout.
 */
const disconnect = async (
  consumer: Consumer,
  started: Promise<void>,
  { clock, log }: ConsumingOptions,
): Promise<void> => {
  const late = Promise.withResolvers<void>()
  const cancel = clock.after(disconnectMs, late.resolve)
  const done = started
    .then(() => consumer.disconnect())
    .catch((error: unknown) => log.debug({ err: error }, 'a consumer did not disconnect'))
  await Promise.race([done, late.promise])
  cancel()
}

const start = async (consumer: Consumer, options: ConsumingOptions, over: () => boolean) => {
  await consumer.connect()
  await consumer.subscribe({ topics: [...options.topics], fromBeginning: true })
  // Whoever runs after a rejected subscribe, or after the end, has a consumer that nobody stops.
  if (over()) return
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: options.concurrency,
    eachBatch: async (payload) => {
      if (!over()) await options.eachBatch(payload)
    },
  })
}

/** Calls `end` when nothing has been answered for too long; returns how to stop. */
const watchStall = ({ clock, quietMs }: ConsumingOptions, end: (error: FluxError) => void) => {
  const startedAt = clock.monotonic()
  const text = `no answer for ${stalledMs} ms`
  return clock.every(checkMs, () => {
    if (Math.min(quietMs(), clock.monotonic() - startedAt) <= stalledMs) return
    end(new FluxError('bus_unavailable', text, { retryable: true }))
  })
}

/** One consumer from its start to its end; resolves with the reason. */
const session = async (options: ConsumingOptions, closing: Promise<unknown>): Promise<unknown> => {
  const ended = Promise.withResolvers<unknown>()
  let isOver = false
  const consumer = options.create({ live: () => !isOver, end: ended.resolve })
  consumer.on(consumer.events.CRASH, ({ payload }) => ended.resolve(payload.error))
  const started = start(consumer, options, () => isOver).catch(ended.resolve)
  const cancel = watchStall(options, ended.resolve)
  const reason = await Promise.race([ended.promise, closing])
  cancel()
  isOver = true
  await disconnect(consumer, started, options)
  return reason
}

/**
 * Runs a consumer, and another when it has crashed, for ever: a crashed kafkajs consumer may stay dead in silence
 * (a denied group does that). The first failure of a row is logged as a warning, the others for debugging.
 */
export const keepConsuming = (options: ConsumingOptions): Consuming => {
  const { clock, random, log, group } = options
  const closing = new AbortController()
  const closed = Promise.withResolvers<undefined>()

  const run = async () => {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const startedAt = clock.monotonic()
      const reason = await session(options, closed.promise)
      if (closing.signal.aborted) break
      if (clock.monotonic() - startedAt > 30_000) failures = 0
      const error = toBusError(reason, `consuming as ${group}`)
      log[failures === 0 ? 'warn' : 'debug'](
        { group, code: error.code, err: error },
        'consumer lost',
      )
      options.onDown(error)
      await clock
        .sleep(fullJitter(failures, backoff, random), closing.signal)
        .catch(() => undefined)
    }
  }
  const running = run()
  return {
    close: async () => {
      closing.abort(new FluxError('bus_closed', 'the consumer is closed'))
      closed.resolve(undefined)
      await running
    },
  }
}
