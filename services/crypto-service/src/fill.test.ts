import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetchRange, lacksNewest } from './fill.ts'
import { trade } from './trades.fixture.ts'

/** Pages as the exchange has them: below an id, newest first. */
const exchange = (ids: readonly number[], size: number) => {
  const asked: number[] = []
  const page = async (olderThan: number) => {
    asked.push(olderThan)
    const older = ids.filter((id) => id < olderThan).toSorted((a, b) => b - a)
    const trades = older.slice(0, size).map((id) => trade(id))
    return { trades, olderThan: trades.at(-1)?.tradeId }
  }
  return { page, asked }
}

describe('fetching a range', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

  it('asks for one page where one is enough', async () => {
    const { page, asked } = exchange(upTo(50), 10)
    const { trades } = await fetchRange({ from: 21, to: 30 }, page, 5)
    expect(asked).toEqual([31])
    expect(trades.map((t) => t.tradeId).toSorted()).toEqual(upTo(30).slice(20))
  })

  it('stops after the pages it may ask for, with the newest', async () => {
    const { page, asked } = exchange(upTo(50), 10)
    const { trades } = await fetchRange({ from: 1, to: 50 }, page, 2)
    expect(asked).toEqual([51, 41])
    expect(Math.min(...trades.map((t) => t.tradeId))).toBe(31)
  })

  it('keeps what it found when a page fails, and says why', async () => {
    const { page } = exchange(upTo(50), 10)
    const failing = (olderThan: number) =>
      olderThan < 51 ? Promise.reject(new Error('away')) : page(olderThan)
    const found = await fetchRange({ from: 1, to: 50 }, failing, 5)
    expect(found.trades).toHaveLength(10)
    expect(found.error).toEqual(new Error('away'))
  })

  it('ends when the pages do not move', async () => {
    const page = async () => ({ trades: [trade(90)], olderThan: 90 })
    expect(await fetchRange({ from: 1, to: 5 }, page, 5)).toEqual({ trades: [] })
  })

  it('finds all of any range that exists, and nothing outside of it', async () => {
    const cases = fc.record({
      ids: fc.uniqueArray(fc.integer({ min: 1, max: 200 })),
      from: fc.integer({ min: 1, max: 150 }),
      length: fc.nat(50),
      size: fc.integer({ min: 1, max: 20 }),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ ids, from, length, size }) => {
        const to = from + length
        const { trades } = await fetchRange({ from, to }, exchange(ids, size).page, 1_000)
        const wanted = ids.filter((id) => id >= from && id <= to).toSorted((a, b) => b - a)
        expect(trades.map((t) => t.tradeId)).toEqual(wanted)
      }),
    )
  })

  it('knows when the pages lag behind the stream', () => {
    expect(lacksNewest({ from: 1, to: 3 }, [trade(2)])).toBe(true)
    expect(lacksNewest({ from: 1, to: 3 }, [trade(3)])).toBe(false)
  })
})
