// A process that holds many raw connections; see messages.ts for what it is told and tells.
import { monotonicMicros } from '../measure/clock.ts'
import { watchEffort } from '../measure/effort.ts'
import { createLatencies } from '../measure/histogram.ts'
import { serveCalls } from '../measure/worker.ts'
import { keyOf } from '../wire/value.ts'
import { type Connection, openConnection } from './connection.ts'
import { type Counter, createCounter } from './counter.ts'
import { type ClientReport, countInput, type OpenInput, openInput } from './messages.ts'

const effort = watchEffort()
const connections = new Set<Connection>()
let counter: Counter | undefined

const counterFor = ({ protocol, sampleEvery }: OpenInput): Counter => {
  counter ??= createCounter({ protocol, sampleEvery, now: monotonicMicros })
  return counter
}

const open = async (input: OpenInput) => {
  const { host, port, from, protocol, count, atOnce, witnesses } = input
  const { reader, counts } = counterFor(input)
  const handshakes = createLatencies()
  const errors: string[] = []
  let next = 0
  const openOne = async (index: number) => {
    const startedAt = monotonicMicros()
    const connection = await openConnection({
      target: { host, port, from: from[index % from.length] ?? '127.0.0.1' },
      ...{ protocol, reader, key: keyOf(input.first + index), isWitness: index < witnesses },
      onBytes: (bytes) => {
        counts.bytes += bytes
      },
      onClosed: (closed) => connections.delete(closed),
    })
    connections.add(connection)
    handshakes.record(monotonicMicros() - startedAt)
  }
  const lane = async () => {
    while (next < count) {
      const index = next
      next += 1
      await openOne(index).catch((error: unknown) => errors.push(String(error)))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane))
  return {
    ready: count - errors.length,
    failed: errors.length,
    firstError: errors[0] ?? '',
    handshakes: handshakes.encode(),
  }
}

const extremes = (of: (connection: Connection) => number) => {
  const numbers = [...connections].map(of)
  return {
    fewest: numbers.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER),
    most: numbers.reduce((a, b) => Math.max(a, b), 0),
  }
}

const report = (): ClientReport => {
  const events = extremes((connection) => connection.events)
  const none = createLatencies().encode()
  return {
    events: counter?.counts.events ?? 0,
    bytes: counter?.counts.bytes ?? 0,
    open: connections.size,
    fewest: events.fewest,
    most: events.most,
    fewestFinals: extremes((connection) => connection.finals).fewest,
    lastFinalMicros: counter?.counts.lastFinalMicros ?? 0,
    misordered: counter?.counts.misordered ?? 0,
    latencies: counter?.latencies.encode() ?? none,
    ages: counter?.ages.encode() ?? none,
    effort: effort.read(),
  }
}

const first = (count: number) => [...connections].slice(0, count)

serveCalls({
  open: (input) => open(openInput.parse(input)),
  mark: () => {
    counter?.reset()
    effort.mark()
  },
  report,
  /** The first connections stop reading: their bytes stay in the kernel. */
  pause: (input) => {
    for (const { socket } of first(countInput.parse(input).count)) socket.pause()
  },
  resume: (input) => {
    for (const { socket } of first(countInput.parse(input).count)) socket.resume()
  },
  /** All connections end at once, without a goodbye. */
  drop: () => {
    for (const { socket } of [...connections]) socket.destroy()
  },
})
