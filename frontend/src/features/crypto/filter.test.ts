import { describe, expect, it } from 'vitest'
import { filtered, noFilter } from './filter.ts'

const products = ['BTC-USD', 'ETH-USD', 'ETC-USD']
const facts = {
  coins: new Map([
    ['BTC-USD', { rank: 1, name: 'Bitcoin' }],
    ['ETH-USD', { rank: 2, name: 'Ethereum' }],
  ]),
  watchlist: ['AAPL', 'ETC-USD', 'BTC-USD'],
}
const shown = (text: string, watched = false) => filtered(products, { text, watched }, facts)

describe('filtered', () => {
  it('finds a coin by its product or its name', () => {
    expect(shown('et')).toEqual(['ETH-USD', 'ETC-USD'])
    expect(shown(' COIN ')).toEqual(['BTC-USD'])
    expect(shown('doge')).toEqual([])
  })

  it('keeps what is watched, in the order of the rows', () => {
    expect(shown('', true)).toEqual(['BTC-USD', 'ETC-USD'])
    expect(shown('etc', true)).toEqual(['ETC-USD'])
  })

  it('is the very list where nothing is asked for', () => {
    expect(filtered(products, noFilter, facts)).toBe(products)
  })
})
