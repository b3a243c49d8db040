import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRing } from './ring.ts'

it('keeps the newest items, newest first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer()), (capacity, items) => {
      const ring = createRing<number>(capacity)
      for (const item of items) ring.push(item)
      expect([...ring.newestFirst()]).toEqual(items.slice(-capacity).reverse())
      expect(ring.last()).toBe(items.at(-1))
      ring.clear()
      expect([...ring.newestFirst()]).toEqual([])
    }),
  )
})
