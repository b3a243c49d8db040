import { describe, expect, it } from 'vitest'
import { placePath, productPath, routeOf } from './path.ts'

describe('routeOf', () => {
  it('knows every view by its address', () => {
    expect(routeOf('/')).toEqual({ view: 'overview' })
    expect(routeOf('/system')).toEqual({ view: 'system' })
    expect(routeOf('/about/')).toEqual({ view: 'about' })
    expect(routeOf('/weather')).toEqual({ view: 'weather', place: undefined })
    expect(routeOf('/crypto')).toEqual({ view: 'crypto', product: undefined })
  })

  it('reads a place and a product back from the addresses that are made of them', () => {
    expect(routeOf(placePath('oslo-no'))).toEqual({ view: 'weather', place: 'oslo-no' })
    expect(routeOf(productPath('BTC-USD'))).toEqual({ view: 'crypto', product: 'BTC-USD' })
    expect(routeOf('/crypto/btc-usd')).toEqual({ view: 'crypto', product: 'BTC-USD' })
  })

  it.each([
    '/nowhere',
    '/weather/Oslo NO',
    '/weather/a/b',
    '/crypto/BTC',
    '/system/x',
    '/crypto/%00',
  ])('does not know %s', (path) => {
    expect(routeOf(path)).toEqual({ view: 'unknown' })
  })
})
