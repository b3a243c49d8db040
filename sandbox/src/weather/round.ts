/** `value` with at most `digits` digits behind the point; never a negative zero. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0

/** `value` moved into [low, high]. */
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

/** 0 up to `from`, 1 beyond `to`, smooth between; `from` may be above `to`. */
export const ramp = (value: number, from: number, to: number): number => {
  const x = clamp((value - from) / (to - from), 0, 1)
  return x * x * (3 - 2 * x)
}
