import * as z from 'zod'
import { effort } from '../measure/effort.ts'

/** What to produce. */
export const produceInput = z.object({
  brokers: z.string(),
  topic: z.string(),
  /** Value of header `flux-schema`. */
  schema: z.string(),
  /** Further headers of every record. */
  headers: z.record(z.string(), z.string()),
  perSecond: z.number(),
  seconds: z.number(),
  keys: z.number(),
  valueBytes: z.number(),
  /** One record more of every key at the end, marked as its last. */
  finals: z.boolean(),
})

/** What to produce. */
export type ProduceInput = z.infer<typeof produceInput>

/** What was produced. */
export const produceOutput = z.object({
  sent: z.number(),
  /** Records that were handed to Kafka more than `lateMs` after they were due, as a share. */
  lateShare: z.number(),
  /** Records whose acknowledgement failed. */
  failed: z.number(),
  /** When the last record was due, microseconds. */
  endMicros: z.number(),
  effort,
})

/** What was produced. */
export type ProduceOutput = z.infer<typeof produceOutput>

/** A record handed over later than this after it was due counts as late, milliseconds. */
export const lateMs = 10
