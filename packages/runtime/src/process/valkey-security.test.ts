import { describe, expect, it } from 'vitest'
import { valkeySettings } from '../config/common.ts'
import { loadConfig } from '../config/config.ts'
import { ConfigError } from '../errors.ts'
import { valkeySecurity } from './valkey-security.ts'

const securityOf = (env: Record<string, string>) =>
  valkeySecurity(loadConfig(valkeySettings, env), env)

describe('valkeySecurity', () => {
  it('uses nothing that is not configured', () => {
    expect(securityOf({ VALKEY_URL: 'redis://user:secret@valkey:6379' })).toEqual({})
  })

  it('reads an authority of its own again at every connection', () => {
    const env: Record<string, string> = { VALKEY_CA: '-----BEGIN X' }
    const { ca } = securityOf(env)
    expect(ca?.()).toBe('-----BEGIN X')
    env['VALKEY_CA'] = '-----BEGIN Y'
    expect(ca?.()).toBe('-----BEGIN Y')
  })

  it('reads the credentials again at every connection, and keeps the last ones when they are gone', () => {
    const env: Record<string, string> = { VALKEY_USERNAME: 'flux', VALKEY_PASSWORD: 'one' }
    const { credentials } = securityOf(env)
    expect(credentials?.()).toEqual({ username: 'flux', password: 'one' })
    env['VALKEY_PASSWORD'] = 'two'
    expect(credentials?.()).toEqual({ username: 'flux', password: 'two' })
    delete env['VALKEY_PASSWORD']
    expect(credentials?.()).toEqual({ username: 'flux', password: 'two' })
    env['VALKEY_PASSWORD_FILE'] = '/no/such/file'
    expect(credentials?.()).toEqual({ username: 'flux', password: 'two' })
  })

  it('takes the user of the address when only the password is set', () => {
    const env = { VALKEY_URL: 'redis://a%40b@valkey:6379', VALKEY_PASSWORD: 'one' }
    expect(securityOf(env).credentials?.()).toEqual({ username: 'a@b', password: 'one' })
    expect(securityOf({ VALKEY_PASSWORD: 'one' }).credentials?.()).toEqual({
      username: undefined,
      password: 'one',
    })
  })

  it('refuses a user name without a password', () => {
    expect(() => securityOf({ VALKEY_USERNAME: 'flux' })).toThrow(ConfigError)
  })
})
