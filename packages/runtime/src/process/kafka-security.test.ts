import { describe, expect, it } from 'vitest'
import { kafkaSettings } from '../config/common.ts'
import { loadConfig } from '../config/config.ts'
import { ConfigError } from '../errors.ts'
import { kafkaSecurity } from './kafka-security.ts'

const securityOf = (env: Record<string, string>) =>
  kafkaSecurity(loadConfig(kafkaSettings, env), env)

describe('kafkaSecurity', () => {
  it('uses nothing that is not configured', () => {
    expect(securityOf({})).toEqual({})
  })

  it('uses TLS when told to, or with an authority of its own', () => {
    expect(securityOf({ KAFKA_TLS: 'true' })).toEqual({ ssl: true })
    expect(securityOf({ KAFKA_CA: '-----BEGIN X' })).toEqual({ ssl: { ca: ['-----BEGIN X'] } })
  })

  it('reads the authority again at every connection', () => {
    const env: Record<string, string> = { KAFKA_CA: '-----BEGIN X' }
    const { ssl } = securityOf(env)
    env['KAFKA_CA'] = '-----BEGIN Y'
    expect(ssl).toEqual({ ca: ['-----BEGIN Y'] })
  })

  it('reads the credentials again at every connection', () => {
    const env: Record<string, string> = { KAFKA_USERNAME: 'crypto', KAFKA_PASSWORD: 'one' }
    const { sasl } = securityOf(env)
    expect(sasl?.()).toEqual({ username: 'crypto', password: 'one' })
    env['KAFKA_PASSWORD'] = 'two'
    expect(sasl?.()).toEqual({ username: 'crypto', password: 'two' })
  })

  it('refuses a user name without a password', () => {
    expect(() => securityOf({ KAFKA_USERNAME: 'crypto' })).toThrow(ConfigError)
  })
})
