import type { Entry, HydrateMessage, Outcome, Watermarks } from '@flux/contracts'
import type { Columns } from './content.ts'

/** One channel of a whole hydrate. */
export interface StagedChannel {
  outcome: Outcome
  readonly entries: Entry[]
  readonly history: Columns
}

/** A hydrate, put together from its parts. */
export interface Staged {
  readonly epoch: string | null
  readonly channels: Map<string, StagedChannel>
  readonly heads: Map<string, Watermarks>
}

/** Parts of one room's hydrate on their way to being whole. */
export interface Staging {
  readonly staged: Staged
  /** The part that has to come next. */
  next: number
}

const rank: Readonly<Record<Outcome, number>> = { recovered: 0, snapshot: 1, reset: 2 }

/** The worse of two outcomes. */
export const worse = (a: Outcome, b: Outcome): Outcome => (rank[a] >= rank[b] ? a : b)

/** What became of several channels together. */
export const worstOf = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce(worse, 'recovered')

/** The schema leaves `d` out where it is missing; a missing one is a removal, as `null` is. */
const toEntry = (raw: HydrateMessage['channels'][string]['entries'][number]): Entry => ({
  k: raw.k,
  d: raw.d ?? null,
  t: raw.t,
  p: raw.p,
  v: raw.v,
  ...(raw.s && { s: raw.s }),
})

const addChannel = (staged: Staged, name: string, part: HydrateMessage['channels'][string]) => {
  const found = staged.channels.get(name)
  const channel = found ?? { outcome: part.outcome, entries: [], history: {} }
  channel.outcome = worse(channel.outcome, part.outcome)
  channel.entries.push(...part.entries.map(toEntry))
  Object.assign(channel.history, part.history)
  staged.channels.set(name, channel)
}

const addHeads = (staged: Staged, name: string, heads: Watermarks) => {
  const merged = { ...staged.heads.get(name) }
  for (const [partition, offset] of Object.entries(heads)) {
    merged[partition] = Math.max(merged[partition] ?? -1, offset)
  }
  staged.heads.set(name, merged)
}

/**
 * Adds a part to what came before it. Part 0 begins afresh, whatever was there; a part that is not the next one makes
 * the whole useless: `undefined`.
 */
export const stage = (
  before: Staging | undefined,
  message: HydrateMessage,
): Staging | undefined => {
  const staging: Staging | undefined =
    message.part === 0
      ? { staged: { epoch: message.epoch, channels: new Map(), heads: new Map() }, next: 0 }
      : before
  if (!staging || staging.next !== message.part) return undefined
  for (const [name, part] of Object.entries(message.channels)) {
    addChannel(staging.staged, name, part)
  }
  for (const [name, heads] of Object.entries(message.heads)) addHeads(staging.staged, name, heads)
  staging.next += 1
  return staging
}
