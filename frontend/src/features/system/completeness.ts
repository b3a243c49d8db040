/** How many of the numbered records came. */
export interface Completeness {
  /** Numbers from the first to the last that is here. */
  readonly sent: number
  readonly lost: number
}

/** Counts the numbers missing between the first and the last; a number that falls begins a new count. */
export const completenessOf = (numbers: readonly number[]): Completeness => {
  const start = numbers.findLastIndex((number, i) => number <= (numbers[i - 1] ?? -1))
  const run = numbers.slice(Math.max(0, start))
  const [first, last] = [run[0], run.at(-1)]
  if (first === undefined || last === undefined) return { sent: 0, lost: 0 }
  const sent = last - first + 1
  return { sent, lost: sent - run.length }
}
