import type { Cursor } from '@flux/contracts'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { compareCursor } from './compare.ts'

const cursor: Cursor = { 'crypto.global': { 'crypto.ticker': { 0: 49, 1: -1 } } }

/** Compares with a broker whose answers come one after another. */
const compared = async (
  answers: readonly (number | undefined)[],
  message: { cursor?: Cursor; epoch?: string } = { cursor, epoch: 'e' },
) => {
  const clock = manualClock()
  const left = [...answers]
  const feed = {
    epoch: () => 'e',
    ends: () => {
      const high = left.length > 1 ? left.shift() : left[0]
      return Promise.resolve(high === undefined ? undefined : [{ low: 0, high }])
    },
  }
  const known = compareCursor(message, { feed, clock })
  await clock.advance(1_100)
  return (await known)('crypto.global')
}

describe('a cursor', () => {
  it('is good up to the end that the broker reports, wherever this replica is', async () => {
    const known = await compared([50])
    expect(known.beyond.size).toBe(0)
    expect(known.cursor).toEqual(cursor['crypto.global'])
  })

  it('is of another log when it lies beyond the end, also by a fresh answer', async () => {
    expect([...(await compared([49])).beyond]).toEqual(['crypto.ticker'])
    expect((await compared([49, 50])).beyond.size).toBe(0)
  })

  it('is believed while the broker is away', async () => {
    expect((await compared([undefined])).beyond.size).toBe(0)
    expect((await compared([49, undefined])).beyond.size).toBe(0)
  })

  it('is of another log when its epoch says so, whatever its offsets', async () => {
    const known = await compared([1_000], { cursor, epoch: 'other' })
    expect(known.foreign).toBe(true)
    expect(known.beyond.size).toBe(0)
  })

  it('may be missing, or name what does not exist', async () => {
    expect((await compared([50], {})).cursor).toBeUndefined()
    const odd: Cursor = { 'crypto.global': { nonsense: { 0: 5 }, 'platform.stats': { 0: 5 } } }
    expect((await compared([50], { cursor: odd })).beyond.size).toBe(0)
    const grown: Cursor = { 'crypto.global': { 'crypto.ticker': { 99: -1 } } }
    expect((await compared([50], { cursor: grown })).beyond.size).toBe(0)
  })
})
