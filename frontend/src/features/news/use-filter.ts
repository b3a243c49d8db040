import { useMemo, useState } from 'react'
import { type CategoryFilter, filtersOf, type Story, storiesFor } from './model.ts'

/** What the list is narrowed to, and what of it is left. */
export interface Filtered {
  readonly filters: readonly CategoryFilter[]
  readonly filter: CategoryFilter
  readonly typed: string
  readonly stories: readonly Story[]
  choose(filter: CategoryFilter): void
  type(text: string): void
  /** Shows all stories again. */
  clear(): void
}

/** Narrows stories to a category and to the words of a search. */
export const useFilter = (all: readonly Story[]): Filtered => {
  const [filter, choose] = useState<CategoryFilter>('all')
  const [typed, type] = useState('')
  const filters = useMemo(() => filtersOf(all, filter), [all, filter])
  const stories = useMemo(() => storiesFor(all, { filter, typed }), [all, filter, typed])
  const clear = () => {
    choose('all')
    type('')
  }
  return { filters, filter, typed, stories, choose, type, clear }
}
