/** The sorted column and which way. */
export interface Sort<Key extends string> {
  readonly key: Key
  readonly descending: boolean
}

/** An order of rows, by their ids, and what it was sorted by. */
export interface Ordering<Key extends string> {
  readonly sort: Sort<Key>
  readonly order: readonly string[]
}

/** The sort after a press on a column: the sorted one turns round, another starts with the largest, `names` with the first. */
export const toggled = <Key extends string>(
  sort: Sort<Key>,
  key: Key,
  names: NoInfer<Key>,
): Sort<Key> => ({ key, descending: sort.key === key ? !sort.descending : key !== names })

/** The old order without what has gone; what is new comes at the end, in the order given. */
export const heldOrder = (before: readonly string[], ids: readonly string[]): string[] => {
  const present = new Set(ids)
  const kept = before.filter((id) => present.has(id))
  const known = new Set(kept)
  return [...kept, ...ids.filter((id) => !known.has(id))]
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index])

/**
 * The next order from the rows as they are `sorted` now. While someone is at the table rows keep their places; a newly
 * chosen sort is obeyed at once. The same object comes back when nothing moves.
 */
export const settled = <Key extends string>(
  before: Ordering<Key>,
  sorted: readonly string[],
  { sort, held }: { readonly sort: Sort<Key>; readonly held: boolean },
): Ordering<Key> => {
  const order = held && before.sort === sort ? heldOrder(before.order, sorted) : sorted
  return before.sort === sort && sameOrder(before.order, order) ? before : { sort, order }
}
