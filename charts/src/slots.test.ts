import { describe, expect, it } from 'vitest'
import { createSlots } from './slots.ts'

describe('slots', () => {
  it('run as many at a time as there are, all of them, also after a failure', async () => {
    const slots = createSlots(2)
    const seen = { running: 0, most: 0, done: 0 }
    const work = (fails: boolean) => async () => {
      seen.running += 1
      seen.most = Math.max(seen.most, seen.running)
      await Promise.resolve()
      seen.running -= 1
      seen.done += 1
      if (fails) throw new Error('failed')
    }
    const all = [false, true, false, true, false].map((fails) => slots(work(fails)))
    const results = await Promise.allSettled(all)
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(seen).toEqual({ running: 0, most: 2, done: 5 })
  })
})
