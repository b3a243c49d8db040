/** The middle of the numbers; 0 of none. */
export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** Middle, smallest and largest of repeated measurements. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Middle, smallest and largest; all 0 of none. */
export const spreadOf = (numbers: readonly number[]): Spread => ({
  median: median(numbers),
  low: numbers.reduce((a, b) => Math.min(a, b), numbers[0] ?? 0),
  high: numbers.reduce((a, b) => Math.max(a, b), numbers[0] ?? 0),
})

/** 1 for a wish up to 1, else the smallest odd prime that is not below it: a sampling period that no size of a pack divides. */
export const primeFrom = (wish: number): number => {
  const isPrime = (n: number) => {
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false
    return n > 1
  }
  if (wish <= 1) return 1
  let n = Math.max(3, Math.ceil(wish))
  while (!isPrime(n)) n += 1
  return n
}
