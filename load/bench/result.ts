import * as z from 'zod'

/** A load: so many clients, so many records a second in all. */
const load = z.object({
  clients: z.number(),
  recordsPerSecond: z.number(),
  keys: z.number(),
  /** Bytes of a record's JSON value, the same for every server. */
  valueBytes: z.number(),
  delivery: z.enum(['ordered', 'latest']),
  /** `per-key`: every client has a key, a room and its records to itself; `keys` is the number of clients. */
  rooms: z.enum(['one', 'per-key']),
})

/** A load: so many clients, so many records a second in all. */
export type Load = z.infer<typeof load>

/** Milliseconds; all 0 when nothing was counted. */
const latencies = z.object({
  count: z.number(),
  p50: z.number(),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
})

/** What one run has measured. Rates and latencies are of the window, counts of the whole run. */
export const runResult = z.object({
  driver: z.string(),
  load,
  seconds: z.number(),
  deliveredPerSecond: z.number(),
  /** Records that were produced, times the clients that each is for. */
  offered: z.number(),
  delivered: z.number(),
  /** True when every client got every record, or, with `latest`, the last record of every key. */
  complete: z.boolean(),
  /** `latest`: of witnesses, records that came after a later one of their key. */
  misordered: z.number(),
  /** `latest`: from the last record being due to the last client having the newest of every key, milliseconds. */
  settledMs: z.number(),
  /** Due time of a record to its arrival. */
  latency: latencies,
  /** `latest`: how old the newest value of a key was at a client when the next one came. */
  age: latencies,
  /** From the first byte to being subscribed. */
  handshake: latencies,
  /** CPU time of the server per delivery, microseconds. */
  cpuMicrosPerDelivery: z.number(),
  /** CPU time of the server by wall time: 1 is a whole core. */
  cpuShare: z.number(),
  rssMib: z.number(),
  /** Answer time of a trivial request to the server: the delay of its event loop. */
  probe: latencies,
  /** Bytes that a client gets per event, framing included. */
  bytesPerEvent: z.number(),
  /** Share of all cores' time that was idle. */
  idleShare: z.number(),
  /** Why the run says nothing about the server; empty when it does. */
  invalid: z.array(z.string()),
})

/** What one run has measured. */
export type RunResult = z.infer<typeof runResult>
