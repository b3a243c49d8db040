import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQueue } from './queue.ts'

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const value of source) all.push(value)
  return all
}

describe('queue', () => {
  it('hands over in order, before and after the reader has come', async () => {
    const queue = createQueue<number>({ limit: 10, overflow: 'refuse' })
    queue.push(1)
    const all = collect(queue)
    queue.push(2)
    await Promise.resolve()
    queue.push(3)
    queue.close()
    expect(await all).toEqual([1, 2, 3])
    expect(queue.push(4)).toBe(false)
  })

  it('holds the first values when it refuses, the last ones when it drops', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer(), { maxLength: 100, size: 'max' }),
        async (limit, values) => {
          const refusing = createQueue<number>({ limit, overflow: 'refuse' })
          const dropping = createQueue<number>({ limit, overflow: 'drop-oldest' })
          const accepted = values.map((value) => refusing.push(value))
          expect(accepted).toEqual(values.map((_value, index) => index < limit))
          for (const value of values) expect(dropping.push(value)).toBe(true)
          expect(dropping.size()).toBe(Math.min(limit, values.length))
          expect(dropping.dropped()).toBe(Math.max(0, values.length - limit))
          refusing.close()
          dropping.close()
          expect(await collect(refusing)).toEqual(values.slice(0, limit))
          expect(await collect(dropping)).toEqual(values.slice(-limit))
        },
      ),
    )
  })

  it('keeps order and size over many thousand values', async () => {
    const queue = createQueue<number>({ limit: 5_000, overflow: 'refuse' })
    const seen: number[] = []
    for (let value = 0; value < 5_000; value += 1) queue.push(value)
    let next = 5_000
    for await (const value of queue) {
      seen.push(value)
      if (next < 12_000) queue.push(next++)
      if (value === 11_999) break
    }
    expect(seen).toEqual(Array.from({ length: 12_000 }, (_value, index) => index))
    expect(queue.push(1)).toBe(false)
  })
})
