import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHydrateGate } from './hydrate-gate.ts'

const lined = (maxBytes: number) => {
  const gate = createHydrateGate(maxBytes)
  const order: string[] = []
  const queued: string[] = []
  const enter = async (name: string) => {
    await gate.enter(() => queued.push(name))
    order.push(name)
  }
  return { gate, order, queued, enter }
}

describe('the hydrate gate', () => {
  it('lets in at once while there is room, in line afterwards', async () => {
    const { gate, order, queued, enter } = lined(100)
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

  it('holds back who comes in the same moment as the one that fills it', async () => {
    const { gate, order, queued, enter } = lined(100)
    const all = ['a', 'b', 'c'].map(enter)
    await all[0]
    expect(order).toEqual(['a'])
    gate.sent(150)
    expect(queued).toEqual(['b', 'c'])
    gate.gone(150)
    await all[1]
    expect(order).toEqual(['a', 'b'])
  })

  it('goes on when a turn is not used', async () => {
    const { gate, order, enter } = lined(100)
    const all = ['a', 'b', 'c'].map(enter)
    for (const turn of all) {
      await turn
      gate.sent(0)
    }
    expect(order).toEqual(['a', 'b', 'c'])
  })

  it('never has more in flight than its bound and one hydrate, and leaves nobody waiting', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 80 })), async (sizes) => {
        const gate = createHydrateGate(100)
        const held: number[] = []
        let most = 0
        const all = sizes.map(async (size) => {
          await gate.enter(() => undefined)
          held.push(size)
          most = Math.max(
            most,
            held.reduce((sum, one) => sum + one, 0),
          )
          gate.sent(size)
          await Promise.resolve()
          const left = held.shift() ?? 0
          gate.gone(left)
        })
        await Promise.all(all)
        expect(most).toBeLessThan(180)
      }),
    )
  })
})
