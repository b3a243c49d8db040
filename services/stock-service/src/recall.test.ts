import type { Stored } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { quote } from './quotes.fixture.ts'
import { recall } from './recall.ts'
import type { Quote } from './values.ts'

const stored = (key: string, appendedAt: number, simulated = false): [string, Stored<Quote>] => [
  key,
  {
    ...{ key, appendedAt, simulated, value: quote(key), at: 1, version: 1 },
    ...{ source: 'finnhub', id: key, partition: 0, offset: 0 },
  },
]

describe('what a new leader takes over', () => {
  it('are the quotes of the symbols it follows, and when they came', () => {
    const topic = new Map([stored('A', 5), stored('B', 7)])
    const past = recall(topic, { symbols: ['A', 'B', 'C'], simulated: false })
    expect(past.quotes.map(({ symbol }) => symbol)).toEqual(['A', 'B'])
    expect(past.heardAt).toBe(7)
    expect(past.publishedAt).toEqual(
      new Map([
        ['A', 5],
        ['B', 7],
      ]),
    )
    expect(past.gone).toEqual([])
  })

  it('is nothing when nothing was published', () => {
    const past = recall(new Map(), { symbols: ['A'], simulated: false })
    expect(past).toMatchObject({ quotes: [], heardAt: 0, gone: [] })
  })

  it('are neither symbols that are followed no more nor quotes of the other kind', () => {
    const topic = new Map([stored('A', 5), stored('OLD', 6), stored('SIM', 7, true)])
    const past = recall(topic, { symbols: ['A', 'SIM'], simulated: false })
    expect(past.quotes.map(({ symbol }) => symbol)).toEqual(['A'])
    expect(past.gone).toEqual(['OLD', 'SIM'])
    expect(past.heardAt).toBe(5)
  })
})
