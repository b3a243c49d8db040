const firstMs = 500
const maxMs = 5_000
/** A delay is spread over half of itself to both sides, so that clients who fell together do not come together. */
const jitter = 0.5

/** How long to wait before the next attempt after `failures` in a row (1 or more): 0.25 s to 5 s, in milliseconds. */
export const reconnectDelay = (failures: number, random: () => number): number => {
  const doubled = firstMs * 2 ** Math.min(failures - 1, 10)
  const base = Math.min(doubled, maxMs / (1 + jitter))
  return Math.round(base * (1 - jitter + 2 * jitter * random()))
}
