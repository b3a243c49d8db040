import { userLimits } from '@flux/contracts'
import { expect, it } from 'vitest'
import { toggled } from './use-watchlist.ts'

it('adds at the end and takes away', () => {
  expect(toggled(['BTC-USD'], 'AAPL')).toEqual(['BTC-USD', 'AAPL'])
  expect(toggled(['BTC-USD', 'AAPL'], 'BTC-USD')).toEqual(['AAPL'])
})

it('lets the oldest go when there is no room', () => {
  const full = Array.from({ length: userLimits.watchlist }, (_, index) => `S${index}`)
  expect(toggled(full, 'AAPL')).toEqual([...full.slice(1), 'AAPL'])
})
