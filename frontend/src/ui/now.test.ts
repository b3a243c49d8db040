import { describe, expect, it } from 'vitest'
import { createTicker } from './now.tsx'

const handMade = () => {
  let time = 1_000
  let tick: (() => void) | undefined
  const ticker = createTicker({
    read: () => time,
    every: (_, fn) => {
      tick = fn
      return () => {
        tick = undefined
      }
    },
  })
  const advance = (ms: number) => {
    time += ms
    tick?.()
  }
  return { ticker, advance, runs: () => tick !== undefined }
}

describe('createTicker', () => {
  it('tells all listeners of one and the same time', () => {
    const { ticker, advance } = handMade()
    const seen: number[] = []
    ticker.subscribe(() => seen.push(ticker.now()))
    ticker.subscribe(() => seen.push(ticker.now()))
    advance(1_000)
    expect(seen).toEqual([2_000, 2_000])
  })

  it('runs only while somebody listens', () => {
    const { ticker, runs } = handMade()
    expect(runs()).toBe(false)
    const first = ticker.subscribe(() => undefined)
    const second = ticker.subscribe(() => undefined)
    first()
    expect(runs()).toBe(true)
    second()
    expect(runs()).toBe(false)
  })

  it('knows the time again when the first listener comes after a pause', () => {
    const { ticker, advance } = handMade()
    advance(60_000)
    expect(ticker.now()).toBe(1_000)
    ticker.subscribe(() => undefined)
    expect(ticker.now()).toBe(61_000)
  })
})
