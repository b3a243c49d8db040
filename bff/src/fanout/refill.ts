import type { Stored } from '../state/decode.ts'
import type { Ring } from '../state/ring.ts'
import type { Gap } from './mailbox.ts'

const byPosition = (a: Stored, b: Stored) => a.partition - b.partition || a.offset - b.offset

/** The records of the gaps, in ascending offset per partition; `undefined` when the rings have not all of them. */
export const refill = (
  rings: Iterable<Ring>,
  gaps: ReadonlyMap<number, Gap>,
): readonly Stored[] | undefined => {
  const byPartition = Map.groupBy(rings, (ring) => ring.partition)
  const found: Stored[] = []
  for (const [partition, { first, last }] of gaps) {
    const own = byPartition.get(partition)
    if (!own?.every((ring) => ring.floor() <= first)) return undefined
    for (const ring of own)
      found.push(...ring.entries.filter(({ offset }) => offset >= first && offset <= last))
  }
  return found.sort(byPosition)
}
