import type { Stored } from './decode.ts'

/** A stored record for tests; what is not given does not matter there. */
export const stored = (part: Partial<Stored>): Stored => {
  const entry = {
    key: 'BTC-USD',
    room: 'crypto.global',
    removed: false,
    at: 0,
    producedAt: 0,
    version: part.offset ?? 0,
    partition: 0,
    offset: 0,
    appendedAt: 0,
    sample: undefined,
    ...part,
  }
  const { key, at, partition, offset, version, removed } = entry
  const wire = { k: key, d: removed ? null : { offset }, t: at, p: [partition, offset], v: version }
  return { wire: JSON.stringify(wire), ...entry }
}
