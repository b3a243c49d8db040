import { Buffer } from 'node:buffer'
import { createLatencies } from '../measure/histogram.ts'
import type { FrameReader } from '../wire/frames.ts'
import { createFrameReader } from '../wire/frames.ts'
import { type Protocol, peekOf } from '../wire/protocol.ts'
import { dueMicrosAt, isFinalAt, keyAt, seqAt } from '../wire/value.ts'
import { beginsWith, type Connection, converse } from './connection.ts'

interface CounterOptions {
  readonly protocol: Protocol
  /** Every how many events the latency is looked at; counts are exact whatever it is. */
  readonly sampleEvery: number
  now(): number
}

const chunkBytes = 256 * 1_024
const newline = 10

/** Counts the events of all connections of a process and samples their latencies. */
export const createCounter = ({ protocol, sampleEvery, now }: CounterOptions) => {
  const latencies = createLatencies()
  /** Of witnesses: how old the newest value of a key was when the next one came. */
  const ages = createLatencies()
  const prefix = Buffer.from(protocol.eventPrefix)
  const counts = { events: 0, bytes: 0, misordered: 0, lastFinalMicros: 0 }
  let untilSample = sampleEvery

  const witness = (connection: Connection, value: number) => {
    const { newest } = connection
    if (!newest) return
    const [key, seq] = [keyAt(buffer, value), seqAt(buffer, value)]
    const seen = newest.get(key)
    const dueMicros = dueMicrosAt(buffer, value)
    if (!seen) return void newest.set(key, { seq, dueMicros })
    if (seq <= seen.seq) counts.misordered += 1
    ages.record(now() - seen.dueMicros)
    Object.assign(seen, { seq, dueMicros })
  }
  const onEvent = (connection: Connection, start: number) => {
    const value = start + protocol.valueAt
    connection.events += 1
    counts.events += 1
    if (isFinalAt(buffer, value)) {
      connection.finals += 1
      counts.lastFinalMicros = now()
    }
    if (connection.newest) witness(connection, value)
    untilSample -= 1
    if (untilSample > 0) return
    untilSample = sampleEvery
    latencies.record(now() - dueMicrosAt(buffer, value))
  }
  const onMessage = (connection: Connection, start: number, end: number) => {
    if (beginsWith(buffer, prefix, start)) return onEvent(connection, start)
    // Only beginnings are looked at: they tell what is to be answered.
    converse(connection, protocol, buffer.toString('latin1', start, Math.min(end, start + 256)))
  }
  const onLines = (connection: Connection, start: number, end: number) => {
    let at = start
    while (at < end) {
      const found = buffer.indexOf(newline, at)
      const stop = found < 0 || found > end ? end : found
      if (stop > at) onMessage(connection, at, stop)
      at = stop + 1
    }
  }
  const reader: FrameReader<Connection> = createFrameReader({
    peek: peekOf(protocol),
    chunkBytes,
    onFrame: protocol.lines ? onLines : onMessage,
  })
  const { buffer } = reader
  return {
    reader,
    counts,
    latencies,
    ages,
    reset: () => {
      latencies.reset()
      ages.reset()
    },
  }
}

/** Counts the events of all connections of a process. */
export type Counter = ReturnType<typeof createCounter>
