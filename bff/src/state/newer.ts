/** What is compared between two records of one key. */
export interface Comparable {
  readonly partition: number
  readonly offset: number
  readonly version: number
  readonly appendedAt: number
  readonly removed: boolean
}

const later = (a: Comparable, b: Comparable): boolean =>
  a.partition === b.partition ? a.offset > b.offset : a.appendedAt > b.appendedAt

/**
 * True when `next` replaces `held`. A lower version never does; an equal one does where it came later and the channel
 * promises the newest value only. A tombstone has no version of the fact's own: within its partition, later wins.
 */
export const isNewer = (
  next: Comparable,
  held: Comparable | undefined,
  delivery: 'latest' | 'ordered',
): boolean => {
  if (!held) return true
  if (next.partition === held.partition && next.offset <= held.offset) return false
  if (next.removed) return later(next, held)
  if (next.version !== held.version) return next.version > held.version
  return delivery === 'latest' && later(next, held)
}
