import type { OutRecord } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import { FluxError } from '../errors.ts'
import { fullJitter } from '../flow/backoff.ts'
import { isRetryable } from '../flow/failure.ts'
import { pause } from '../flow/pause.ts'
import type { Entry, Waiting } from './waiting.ts'

/** What a lane needs. */
export interface LaneOptions {
  readonly waiting: Waiting
  readonly clock: Clock
  readonly random: () => number
  send(records: readonly OutRecord[]): Promise<void>
  /** Told of every attempt that is made again. */
  onRetry(error: unknown): void
}

/** The way of one channel's records to the bus: one flight at a time, so that nothing overtakes. */
export interface Lane {
  /** Takes the entry or rejects it with `bus_unavailable` when too many wait. */
  push(entry: Entry): void
  /** Records that wait or are under way. */
  size(): number
  /** False while attempts fail. */
  healthy(): boolean
  /** Sends what waits, each once more, and takes nothing any more. */
  close(): Promise<void>
}

const backoff = { baseMs: 100, maxMs: 2_000 }
const flightSize = 1_000

const tooMany = () =>
  new FluxError('bus_unavailable', 'too many records wait to be sent', { retryable: true })
const isClosed = () => new FluxError('bus_closed', 'the publisher is closed')

/** The entries that may still be sent; the others are rejected. */
const admitted = (entries: readonly Entry[]): Entry[] =>
  entries.filter((entry) => {
    try {
      entry.guard()
      return true
    } catch (error) {
      entry.reject(error)
      return false
    }
  })

/** Makes a lane. A retryable error is tried again for as long as the lane is open; memory is bounded by `waiting`. */
export const createLane = (options: LaneOptions): Lane => {
  const { waiting, clock, random } = options
  const closing = new AbortController()
  let flying = 0
  let failures = 0
  let running: Promise<void> | undefined

  const failed = async (batch: readonly Entry[], error: unknown) => {
    if (closing.signal.aborted || !isRetryable(error)) {
      for (const entry of batch) entry.reject(error)
      return
    }
    waiting.putBack(batch)
    options.onRetry(error)
    failures += 1
    await pause(fullJitter(failures - 1, backoff, random), clock, closing.signal)
  }

  const fly = async (batch: readonly Entry[]) => {
    flying = batch.length
    try {
      await options.send(batch.map((entry) => entry.record))
      failures = 0
      for (const entry of batch) entry.resolve('ok')
    } catch (error) {
      await failed(batch, error)
    } finally {
      flying = 0
    }
  }

  const run = async () => {
    // Lets those who publish in the same turn share a flight.
    await Promise.resolve()
    while (waiting.size() > 0) {
      const batch = admitted(waiting.take(flightSize))
      if (batch.length > 0) await fly(batch)
    }
    // Nothing waits that could fail. Said in the same turn as the last look, or a record that comes now would lie there.
    failures = 0
    running = undefined
  }

  const start = () => {
    running ??= run()
  }

  return {
    push: (entry) => {
      if (closing.signal.aborted) return entry.reject(isClosed())
      if (!waiting.add(entry)) return entry.reject(tooMany())
      start()
    },
    size: () => waiting.size() + flying,
    healthy: () => failures === 0,
    close: async () => {
      closing.abort()
      await running
    },
  }
}
