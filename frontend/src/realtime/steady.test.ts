import { expect, it } from 'vitest'
import { steady } from './steady.ts'

it('gives the same array until an item is another one', () => {
  const first = { price: 1 }
  let items: object[] = [first]
  const read = steady(() => [...items])
  const before = read()
  expect(read()).toBe(before)
  items = [{ price: 1 }]
  const after = read()
  expect(after).not.toBe(before)
  items.push(first)
  expect(read()).toHaveLength(2)
  items = []
  expect(read()).toEqual([])
})
