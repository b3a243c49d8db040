/** What happens to a value for which there is no room. */
export type Overflow = 'refuse' | 'drop-oldest'

/** A bounded queue between one writer and one reader. */
export interface Queue<T> extends AsyncIterable<T> {
  /** Adds a value; false when it was refused (full or closed). */
  push(value: T): boolean
  /** No more values; the reader gets what is left, then the end. */
  close(): void
  /** Values waiting. */
  size(): number
  /** Values dropped by `drop-oldest` so far. */
  dropped(): number
}

/** Makes an empty queue for at most `limit` values (1 or more). It is read by one `for await` at a time; leaving that closes it. */
export const createQueue = <T>(options: { limit: number; overflow: Overflow }): Queue<T> => {
  let values: T[] = []
  // Where the queue begins: taking from the front of a long array is slow, so it is cut now and then.
  let head = 0
  let closed = false
  let dropped = 0
  let wake: (() => void) | undefined

  const size = () => values.length - head
  const shift = (): T[] => {
    const taken = values.slice(head, head + 1)
    head += 1
    if (head === values.length || (head > 1_000 && head * 2 > values.length)) {
      values = values.slice(head)
      head = 0
    }
    return taken
  }
  const close = () => {
    closed = true
    wake?.()
  }

  async function* read(): AsyncGenerator<T> {
    try {
      while (true) {
        while (size() > 0) yield* shift()
        if (closed) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        wake = undefined
      }
    } finally {
      close()
    }
  }

  return {
    push: (value) => {
      if (closed) return false
      if (size() >= options.limit) {
        if (options.overflow === 'refuse') return false
        shift()
        dropped += 1
      }
      values.push(value)
      wake?.()
      return true
    },
    close,
    size,
    dropped: () => dropped,
    [Symbol.asyncIterator]: read,
  }
}
