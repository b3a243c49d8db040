import type { Clock } from '../clock.ts'

/** Counts what came in the last minute. */
export interface Rate {
  add(count: number): void
  perMinute(): number
}

const slotMs = 5_000
const slots = 12

/** Makes a rate with slots of 5 s: constant memory, whatever comes. */
export const createRate = (clock: Clock): Rate => {
  const counts = new Map<number, number>()
  const slotNow = () => Math.floor(clock.monotonic() / slotMs)
  const sweep = (now: number) => {
    for (const slot of counts.keys()) if (slot <= now - slots) counts.delete(slot)
  }
  return {
    add: (count) => {
      const slot = slotNow()
      if (!counts.has(slot)) sweep(slot)
      counts.set(slot, (counts.get(slot) ?? 0) + count)
    },
    perMinute: () => {
      sweep(slotNow())
      return [...counts.values()].reduce((sum, count) => sum + count, 0)
    },
  }
}
