import { platformCanary, serverEvent } from '@flux/contracts'
import type { Clock, Metrics } from '@flux/runtime'
import * as z from 'zod'
import type { Watcher } from '../fanout/flush.ts'

const outcomes = ['received', 'missing', 'duplicate', 'out_of_order'] as const

/** What became of a canary on its way to a client. */
type CanaryOutcome = (typeof outcomes)[number]

/** A canary as a client gets it. */
export interface Canary {
  readonly seq: number
  /** Epoch milliseconds, by the clock of who sent it. */
  readonly sentAt: number
  readonly offset: number
}

/** Follows the canaries as a client does, and counts what it sees. */
export interface CanaryTally {
  /** One that was told live. */
  take(canary: Canary): void
  /** One of a hydrate, which may tell again what is known. */
  restore(canary: Canary): void
  /** The log is another one: counting starts afresh. */
  forget(): void
}

/**
 * Counts canaries whose numbers go up by one. What was sent before `since` (epoch milliseconds) is only where counting
 * starts; a lower number at a higher offset is a sender that began again, as it does once its topic is empty.
 */
export const createCanaryTally = (
  since: number,
  count: (outcome: CanaryOutcome, by: number) => void,
  onReceived: (canary: Canary) => void,
): CanaryTally => {
  let last: Canary | undefined

  const receive = (next: Canary) => {
    const missing = last ? next.seq - last.seq - 1 : 0
    last = next
    if (next.sentAt < since) return
    if (missing > 0) count('missing', missing)
    count('received', 1)
    onReceived(next)
  }
  const isNews = ({ seq, offset }: Canary) =>
    last === undefined || (offset > last.offset && seq !== last.seq)
  return {
    take: (next) => {
      if (isNews(next)) return receive(next)
      count(next.seq === last?.seq ? 'duplicate' : 'out_of_order', 1)
    },
    restore: (next) => {
      if (isNews(next)) receive(next)
    },
    forget: () => {
      last = undefined
    },
  }
}

const entry = z.object({
  d: z.object({ seq: z.number(), sentAt: z.number() }),
  p: z.tuple([z.number(), z.number()]),
})

const canaryOf = ({ d, p }: z.infer<typeof entry>): Canary => ({ ...d, offset: p[1] })

const hydrate = z.object({
  channels: z.object({
    [platformCanary.name]: z.object({ outcome: z.string(), entries: z.array(entry) }).optional(),
  }),
})

const restoreFrom = (tally: CanaryTally, wire: string): void => {
  const held = hydrate.parse(JSON.parse(wire)).channels[platformCanary.name]
  if (!held) return
  if (held.outcome === 'reset') tally.forget()
  for (const each of held.entries) tally.restore(canaryOf(each))
}

/** The room that the replica's own client looks at. */
export const canaryRoom: string = platformCanary.roomOf('')

/**
 * The client that every replica has in itself, at the end of the fan-out: completeness and latency without users.
 */
export const createCanaryClient = (metrics: Metrics, clock: Clock): Watcher => {
  const records = metrics.counter({
    name: 'flux_canary_records_total',
    help: "Canaries as the replica's own client got them: received, missing, duplicate, or out of order.",
    labels: ['outcome'],
    series: outcomes.map((outcome) => ({ outcome })),
  })
  const latency = metrics.histogram({
    name: 'flux_canary_latency_seconds',
    help: "From canary-service to the replica's own client, by the clocks of the two.",
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  const tally = createCanaryTally(
    clock.now(),
    (outcome, by) => records.inc({ outcome }, by),
    ({ sentAt }) => latency.observe(Math.max(0, clock.now() - sentAt) / 1_000),
  )
  return (frames) => {
    for (const { event, wire } of frames) {
      if (event === serverEvent.hydrate) restoreFrom(tally, wire)
      else if (event === platformCanary.name) tally.take(canaryOf(entry.parse(JSON.parse(wire))))
    }
  }
}
