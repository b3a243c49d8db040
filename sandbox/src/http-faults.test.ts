import { describe, expect, it } from 'vitest'
import { fitsPath, withNulls } from './http-faults.ts'

describe('a fault path', () => {
  it('fits what is below it, with * for one segment', () => {
    expect(fitsPath(undefined, '/anything')).toBe(true)
    expect(fitsPath('/products', '/products/BTC-USD/trades')).toBe(true)
    expect(fitsPath('/products/*/trades', '/products/BTC-USD/trades')).toBe(true)
    expect(fitsPath('/products/*/trades', '/products/BTC-USD/ticker')).toBe(false)
    expect(fitsPath('/products/*', '/products')).toBe(false)
    expect(fitsPath('/prod', '/products')).toBe(false)
  })
})

describe('nulled bodies', () => {
  it('keep what identifies an entry, or lose only what is named', () => {
    const body = [{ id: 'bitcoin', symbol: 'btc', price: 5, cap: 7 }]
    expect(withNulls(body)).toEqual([{ id: 'bitcoin', symbol: 'btc', price: null, cap: null }])
    expect(withNulls(body, ['cap'])).toEqual([{ ...body[0], cap: null }])
    expect(withNulls([[1, 2]])).toEqual([[null, null]])
    const nested = { status: 'success', results: [{ title: 'x', link: 'y' }] }
    expect(withNulls(nested, ['link'])).toEqual({
      status: 'success',
      results: [{ title: 'x', link: null }],
    })
    expect(withNulls('text', ['cap'])).toBe('text')
  })
})
