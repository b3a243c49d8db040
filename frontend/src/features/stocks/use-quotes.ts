import { useLayoutEffect, useState } from 'react'
import { companyOf } from '../../panels/shares.ts'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useNow } from '../../ui/now.tsx'
import { hasWords, searchWords } from '../../ui/search-words.ts'
import { firstSort, nextOrdering, type Ordering, type Sort } from './order.ts'

const beatMs = 2_000

interface QuotesOptions {
  /** What was typed into the search. */
  readonly typed: string
  readonly sort: Sort
  readonly held: boolean
}

/** The symbols that are shown, in order: looked at again every 2 s, and held while someone is at the table. */
export const useQuotes = ({ typed, sort, held }: QuotesOptions): readonly string[] => {
  const read = useRead()
  const keys = useKeys('stock.quotes')
  const beat = useNow(beatMs)
  const [ordering, setOrdering] = useState<Ordering>({ sort: firstSort, order: [] })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the beat is what makes it look again
  useLayoutEffect(() => {
    const words = searchWords(typed)
    const facts = keys
      .filter((symbol) => hasWords(`${symbol} ${companyOf(symbol)}`, words))
      .flatMap((symbol) => read('stock.quotes', symbol)?.value ?? [])
    setOrdering((before) => nextOrdering(before, facts, { sort, held }))
  }, [read, beat, keys, typed, sort, held])
  return ordering.order
}
