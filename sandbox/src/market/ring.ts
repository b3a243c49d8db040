/** Keeps the newest `capacity` items in order of arrival. */
export interface Ring<T> {
  push(item: T): void
  last(): T | undefined
  size(): number
  clear(): void
  /** From the newest to the oldest. */
  newestFirst(): Generator<T>
}

/** An empty ring; memory grows with its content up to `capacity`. */
export const createRing = <T>(capacity: number): Ring<T> => {
  const items: T[] = []
  let head = 0
  return {
    push: (item) => {
      if (items.length < capacity) items.push(item)
      else items[head] = item
      head = (head + 1) % capacity
    },
    last: () => items[(head + capacity - 1) % capacity],
    size: () => items.length,
    clear: () => {
      items.length = 0
      head = 0
    },
    *newestFirst() {
      for (let i = 1; i <= items.length; i++) {
        const item = items[(head + capacity - i) % capacity]
        if (item !== undefined) yield item
      }
    },
  }
}
