import { ConfigError, loadConfig } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { settings } from './config.ts'

const secret = 's3cr3t-'.repeat(5)
const load = (env: Readonly<Record<string, string>>) =>
  loadConfig(settings, { SESSION_KEYS: `a:${secret}`, ...env })
const faultsOf = (env: Readonly<Record<string, string>>): string => {
  try {
    load(env)
    return ''
  } catch (error) {
    return error instanceof ConfigError ? error.message : 'no ConfigError'
  }
}

describe('the configuration', () => {
  it('takes one key or several, the first to sign with', () => {
    const { sessionKeys } = load({ SESSION_KEYS: `new:${secret}1, old:${secret}2` })
    expect(sessionKeys.map((key) => key.kid)).toEqual(['new', 'old'])
    expect(new TextDecoder().decode(sessionKeys[0].secret)).toBe(`${secret}1`)
  })

  it('refuses keys that are missing, short or of a wrong form, and never shows them', () => {
    const wrong = ['', 'no-colon', `:${secret}`, `a:${secret}:b`, 'a:short', `a:${secret},b`]
    for (const keys of wrong) {
      const faults = faultsOf({ SESSION_KEYS: keys })
      expect(faults, keys).toContain('SESSION_KEYS')
      expect(faults).not.toContain('s3cr3t')
      expect(faults).not.toContain('short')
    }
  })

  it('refuses two keys with one id: only one of them could verify', () => {
    expect(faultsOf({ SESSION_KEYS: `a:${secret}1,a:${secret}2` })).toContain('SESSION_KEYS')
  })

  it('refuses proxies that are no networks and origins that are none', () => {
    expect(load({ TRUSTED_PROXIES: '10.0.0.0/8, ::1/128' }).trustedProxies).toHaveLength(2)
    for (const text of ['10.0.0.0/99', 'proxy.example', '10.0.0.0/x'])
      expect(faultsOf({ TRUSTED_PROXIES: text }), text).toContain('TRUSTED_PROXIES')
    expect(faultsOf({ ALLOWED_ORIGINS: 'app.example' })).toContain('ALLOWED_ORIGINS')
  })

  it('takes an origin as people copy it', () => {
    const { allowedOrigins } = load({ ALLOWED_ORIGINS: 'https://app.example/, http://x:80' })
    expect(allowedOrigins).toEqual(['https://app.example', 'http://x'])
  })

  it('takes 0 as no limit per address', () => {
    const config = load({ MAX_CONNECTIONS_PER_ADDRESS: '0', NEW_DEMAND_PER_ADDRESS: '0' })
    expect([config.maxPerAddress, config.newDemandPerAddress]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
    expect(faultsOf({ MAX_CONNECTIONS: '0' })).toContain('MAX_CONNECTIONS')
  })

  it('names every fault at once', () => {
    const faults = faultsOf({ PORT: 'x', TICK_MS: '0', SESSION_KEYS: 'a:b' })
    for (const name of ['PORT', 'TICK_MS', 'SESSION_KEYS']) expect(faults).toContain(name)
  })
})
