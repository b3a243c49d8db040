import { describe, expect, it } from 'vitest'
import { portFrom, table } from './demo-text.ts'

describe('portFrom', () => {
  it('reads a port, and takes nothing for none', () => {
    expect(portFrom({ PORT: '8080' }, 'PORT')).toBe(8080)
    expect(portFrom({ PORT: '' }, 'PORT')).toBeUndefined()
    expect(portFrom({}, 'PORT')).toBeUndefined()
  })

  it.each(['0', '65536', '80.5', 'http', '-1'])('refuses %s by name', (text) => {
    expect(() => portFrom({ PORT: text }, 'PORT')).toThrow(`PORT has to be a port number`)
  })
})

describe('table', () => {
  it('lines the columns up', () => {
    const parts = [
      { name: 'kafka', url: '127.0.0.1:1', pid: 7, logFile: '/k.log' },
      { name: 'bff-1', url: 'http://a', internalUrl: 'http://b', pid: undefined, logFile: '' },
    ]
    expect(table({ parts }).split('\n')).toEqual([
      'part   address      metrics           pid       log',
      'kafka  127.0.0.1:1                    7         /k.log',
      'bff-1  http://a     http://b/metrics  external',
    ])
  })
})
