import { describe, expect, it } from 'vitest'
import { createHydrateGate } from './hydrate-gate.ts'

describe('the hydrate gate', () => {
  it('lets in at once while there is room, in line afterwards', async () => {
    const gate = createHydrateGate(100)
    const order: string[] = []
    const queued: string[] = []
    const enter = async (name: string) => {
      await gate.enter(() => queued.push(name))
      order.push(name)
    }
    await enter('a')
    gate.sent(150)
    const waiting = [enter('b'), enter('c')]
    expect(queued).toEqual(['b', 'c'])
    gate.gone(150)
    await waiting[0]
    gate.sent(10)
    await Promise.all(waiting)
    expect(order).toEqual(['a', 'b', 'c'])
  })
})
