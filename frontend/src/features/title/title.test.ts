import { expect, it } from 'vitest'
import { titleOf, titleProduct } from './title.ts'

it('carries the open product, else the first watched one', () => {
  const list = ['AAPL', 'ETH-USD', 'BTC-USD']
  expect(titleProduct({ view: 'crypto', product: 'SOL-USD' }, list)).toBe('SOL-USD')
  expect(titleProduct({ view: 'crypto', product: undefined }, list)).toBe('ETH-USD')
  expect(titleProduct({ view: 'news' }, ['AAPL'])).toBeUndefined()
})

it('puts the price first and leaves out what is not there', () => {
  const nothing = { view: '', product: undefined, price: '', name: 'Flux' }
  const bitcoin = { ...nothing, product: 'BTC-USD' }
  expect(titleOf({ ...bitcoin, view: 'News', price: '64,123.45' })).toBe(
    'BTC 64,123.45 · News · Flux',
  )
  expect(titleOf(nothing)).toBe('Flux')
  expect(titleOf({ ...bitcoin, view: 'System' })).toBe('System · Flux')
})
