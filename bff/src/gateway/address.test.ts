import { describe, expect, it } from 'vitest'
import { clientAddress, parseNetworks } from './address.ts'
import { isOriginAllowed } from './origin.ts'

const trusted = parseNetworks(['10.0.0.0/8', '127.0.0.1', '::1/128'])

describe('the address of a client', () => {
  it('is the peer where the peer is no trusted proxy, whatever it claims', () => {
    expect(clientAddress('203.0.113.9', '198.51.100.1', trusted)).toBe('203.0.113.9')
  })

  it('is the right-most hop that is not a trusted proxy', () => {
    expect(clientAddress('10.1.1.1', '6.6.6.6, 203.0.113.9, 10.2.2.2', trusted)).toBe('203.0.113.9')
    expect(clientAddress('::ffff:127.0.0.1', '203.0.113.9', trusted)).toBe('203.0.113.9')
  })

  it('is the first hop where all are trusted', () => {
    expect(clientAddress('127.0.0.1', undefined, trusted)).toBe('127.0.0.1')
    expect(clientAddress('127.0.0.1', '10.0.0.7', trusted)).toBe('10.0.0.7')
  })

  it('is the /64 of an IPv6 address', () => {
    const one = clientAddress('2001:db8:0:1::5', undefined, trusted)
    expect(one).toBe(clientAddress('2001:db8:0:1:ffff::1', undefined, trusted))
    expect(one).not.toBe(clientAddress('2001:db8:0:2::5', undefined, trusted))
  })

  it('takes rubbish without throwing', () => {
    expect(clientAddress('10.0.0.1', ' , x, ', trusted)).toBe('x')
  })
})

describe('origins', () => {
  const host = 'flux.example'
  it('are the own host by default', () => {
    expect(isOriginAllowed({ origin: 'https://flux.example', host }, [])).toBe(true)
    expect(isOriginAllowed({ origin: 'https://evil.example', host }, [])).toBe(false)
    expect(isOriginAllowed({ origin: 'null', host }, [])).toBe(false)
    expect(isOriginAllowed({ origin: undefined, host }, [])).toBe(true)
  })
  it('are those of the list where there is one', () => {
    const allowed = ['https://app.example']
    expect(isOriginAllowed({ origin: 'https://app.example', host }, allowed)).toBe(true)
    expect(isOriginAllowed({ origin: 'https://flux.example', host }, allowed)).toBe(false)
  })
})
