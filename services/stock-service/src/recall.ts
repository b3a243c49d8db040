import type { Stored } from '@flux/runtime'
import type { Quote } from './values.ts'

/** What a new leader takes over from the quotes that were published. */
export interface Recalled {
  readonly quotes: readonly Quote[]
  /** When the newest of them was published, epoch milliseconds; 0 without any. */
  readonly heardAt: number
  /** When each symbol was published last, epoch milliseconds. */
  readonly publishedAt: ReadonlyMap<string, number>
  /** Symbols that are followed no more, or whose quote is of the other kind (real or simulated). */
  readonly gone: readonly string[]
}

/** Sorts what the own topic holds. */
export const recall = (
  stored: ReadonlyMap<string, Stored<Quote>>,
  options: { readonly symbols: readonly string[]; readonly simulated: boolean },
): Recalled => {
  const followed = new Set(options.symbols)
  const isOurs = ({ key, simulated }: Stored<Quote>) =>
    followed.has(key) && simulated === options.simulated
  const ours = [...stored.values()].filter(isOurs)
  return {
    quotes: ours.map(({ value }) => value),
    heardAt: Math.max(0, ...ours.map(({ appendedAt }) => appendedAt)),
    publishedAt: new Map(ours.map(({ key, appendedAt }) => [key, appendedAt])),
    gone: [...stored.values()].filter((each) => !isOurs(each)).map(({ key }) => key),
  }
}
