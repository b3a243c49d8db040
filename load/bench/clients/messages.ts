import * as z from 'zod'
import { effort } from '../measure/effort.ts'
import { protocol } from '../wire/protocol.ts'

/** Opens connections, `atOnce` at a time; they count together with those that are open. */
export const openInput = z.object({
  host: z.string(),
  port: z.number(),
  /** Addresses of this machine to connect from, in turn. */
  from: z.array(z.string()),
  protocol,
  count: z.number(),
  /** Number of the first of them, from which its key is made. */
  first: z.number(),
  atOnce: z.number(),
  /** How many of them look at every event. */
  witnesses: z.number(),
  sampleEvery: z.number(),
})

/** Opens connections. */
export type OpenInput = z.infer<typeof openInput>

/** From the first byte to being served, as a histogram of microseconds; failed ones are only counted. */
export const openOutput = z.object({
  ready: z.number(),
  failed: z.number(),
  firstError: z.string(),
  handshakes: z.string(),
})

/** What the connections of a process have counted; histograms and effort are since the last `mark`. */
export const clientReport = z.object({
  /** Since the process began. */
  events: z.number(),
  bytes: z.number(),
  open: z.number(),
  /** Smallest and largest number of events of one connection, and of last records of a key. */
  fewest: z.number(),
  most: z.number(),
  fewestFinals: z.number(),
  /** When the last record that is its key's last came in, microseconds. */
  lastFinalMicros: z.number(),
  /** Of witnesses: records that came after a later one of their key. */
  misordered: z.number(),
  latencies: z.string(),
  ages: z.string(),
  effort,
})

/** What the connections of a process have counted. */
export type ClientReport = z.infer<typeof clientReport>

/** How many connections stop or go on reading, the first ones. */
export const countInput = z.object({ count: z.number() })
