const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])

/** Wraps a reader of lists: while it reads the same items, the same array comes back. */
export const steady = <Item>(read: () => readonly Item[]): (() => readonly Item[]) => {
  let before: readonly Item[] = []
  return () => {
    const next = read()
    if (!sameItems(before, next)) before = next
    return before
  }
}
