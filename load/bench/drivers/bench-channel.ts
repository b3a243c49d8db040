import { channel } from '@flux/contracts'
import * as z from 'zod/mini'

const hourMs = 3_600_000

/** The room of the bench when there is one for all. */
export const benchRoom = 'bench.global'

/** The room of one key when each has its own. */
export const benchRoomOf = (key: string): string => `bench.${key}-BENCH`

/** Name of the bench's channel, which is also the name of its events. */
export const benchChannelName = 'bench.records'

/** Value of header `flux-schema`. */
export const benchSchema = `${benchChannelName}@1`

const shape = { m: z.number(), s: z.number(), f: z.number(), k: z.string(), pad: z.string() }

/** What a run chooses of the channel. */
export interface BenchChannel {
  readonly topic: string
  readonly delivery: 'ordered' | 'latest'
  readonly rooms: 'one' | 'per-key'
}

/** The channel of the bench, checked as every other channel is. */
export const benchChannel = ({ topic, delivery, rooms }: BenchChannel) =>
  channel({
    name: benchChannelName,
    topic,
    schema: z.object(shape),
    producer: 'bench-service',
    delivery,
    history: delivery === 'ordered' ? { kind: 'newest', count: 200 } : { kind: 'none' },
    ages: { refreshAfterMs: null, staleAfterMs: 30_000, retentionMs: hourMs },
    partitions: 6,
    maxKeys: 100_000,
    maxBytes: 4_096,
    part: rooms === 'one' ? 'global' : 'product',
    keyOf: (value) => value.k,
    partOf: (key) => (rooms === 'one' ? 'global' : `${key}-BENCH`),
    atOf: () => Date.now(),
    versionOf: (value) => value.s,
  })
