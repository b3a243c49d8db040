import type { Watermarks } from '@flux/contracts'

/** How far a channel has been read, and from where on. Partitions that appear later join by themselves. */
export interface Positions {
  /** Everything up to and including `offset` has been read. */
  advance(partition: number, offset: number): void
  /** Nothing below `low` will be read any more. */
  raiseFloor(partition: number, low: number): void
  floor(partition: number): number
  partitions(): readonly number[]
  /** Per partition the offset of the last record read, -1 where there was none. */
  heads(): Watermarks
  clear(): void
}

/** Positions of a topic that has at least `count` partitions. */
export const createPositions = (count: number): Positions => {
  const next = new Map<number, number>()
  const floors = new Map<number, number>()
  const raise = (map: Map<number, number>, partition: number, to: number) =>
    map.set(partition, Math.max(map.get(partition) ?? 0, to))
  const partitions = () =>
    Array.from({ length: Math.max(count, ...[...next.keys()].map((p) => p + 1)) }, (_, p) => p)
  return {
    advance: (partition, offset) => raise(next, partition, offset + 1),
    raiseFloor: (partition, low) => {
      raise(floors, partition, low)
      raise(next, partition, low)
    },
    floor: (partition) => floors.get(partition) ?? 0,
    partitions,
    heads: () => Object.fromEntries(partitions().map((p) => [p, (next.get(p) ?? 0) - 1])),
    clear: () => {
      next.clear()
      floors.clear()
    },
  }
}
