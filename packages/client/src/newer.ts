import type { Entry, Position } from '@flux/contracts'

/** What the rule looks at of a value that is held. */
export interface Standing {
  readonly position: Position
  readonly version: number
  readonly at: number
}

/** What a record is beside the value that is held for its key. */
export type Verdict = 'newer' | 'older' | 'duplicate'

const verdict = (difference: number): Verdict => {
  if (difference > 0) return 'newer'
  return difference < 0 ? 'older' : 'duplicate'
}

/**
 * The rule for `latest`: on the same partition the higher offset, else the higher version. With equal versions on two
 * partitions the later one to arrive wins: a replica sends in the order in which it appended.
 */
export const compareLatest = (held: Standing | undefined, entry: Entry): Verdict => {
  if (!held) return 'newer'
  if (held.position[0] === entry.p[0]) return verdict(entry.p[1] - held.position[1])
  return entry.v >= held.version ? 'newer' : 'older'
}

/** The rule for `ordered`: versions of a key only grow; an equal one is the producer's second attempt to send. */
export const compareOrdered = (held: Standing | undefined, entry: Entry): Verdict =>
  held ? verdict(entry.v - held.version) : 'newer'

/**
 * The rule for what is born on a replica: sequences grow, and start again with the replica's process, which only the
 * time of the fact tells from an old value.
 */
export const compareReplica = (held: Standing | undefined, entry: Entry): Verdict => {
  if (!held || entry.t > held.at) return 'newer'
  if (held.position[0] !== entry.p[0]) return verdict(entry.t - held.at)
  return verdict(entry.p[1] - held.position[1])
}
