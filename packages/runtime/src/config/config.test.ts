import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ConfigError } from '../errors.ts'
import { kafkaSettings, processSettings, valkeySettings } from './common.ts'
import { loadConfig, setting } from './config.ts'
import { describeSettings, showConfig } from './describe.ts'
import { address, decimal, flag, integer, list, port } from './forms.ts'

const folder = mkdtempSync(join(tmpdir(), 'flux-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileWith = (text: string) => {
  const path = join(folder, `value-${Math.random()}`)
  writeFileSync(path, text)
  return path
}

const settings = {
  port: setting('PORT', port, { help: 'port to listen on', default: '4000' }),
  key: setting('API_KEY', z.string().min(8).optional(), { help: 'key', secret: true }),
  name: setting('NAME', z.string(), { help: 'a name' }),
}

const faultsOf = (load: () => unknown): readonly string[] => {
  try {
    load()
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('loadConfig', () => {
  it('takes the variable, else the default, else what the schema makes of nothing', () => {
    expect(loadConfig(settings, { NAME: 'a' })).toEqual({ port: 4000, name: 'a', key: undefined })
    expect(loadConfig(settings, { NAME: 'a', PORT: '1' }).port).toBe(1)
  })

  it('takes an empty variable as unset', () => {
    expect(loadConfig(settings, { NAME: 'a', PORT: '', API_KEY: '' })).toEqual({
      port: 4000,
      name: 'a',
      key: undefined,
    })
  })

  it('reads the file that NAME_FILE names and trims what is in it', () => {
    const env = { NAME: 'a', API_KEY_FILE: fileWith('  secret-1\n') }
    expect(loadConfig(settings, env).key).toBe('secret-1')
  })

  it('lists every fault at once, with the name and what to set', () => {
    const faults = faultsOf(() => loadConfig(settings, { PORT: 'abc', API_KEY_FILE: '/no/such' }))
    expect(faults).toHaveLength(3)
    expect(faults[0]).toBe(
      'PORT is "abc": has to be a whole number; set PORT (or PORT_FILE) to: port to listen on',
    )
    expect(faults[1]).toMatch(/^API_KEY_FILE cannot be read .*ENOENT/)
    expect(faults[2]).toBe('NAME is not set; set NAME (or NAME_FILE) to: a name')
  })

  it('refuses a variable that is set twice', () => {
    const env = { NAME: 'a', NAME_FILE: fileWith('b') }
    expect(faultsOf(() => loadConfig(settings, env))).toEqual([
      'NAME and NAME_FILE are both set; unset one of them',
    ])
  })

  it('never shows a secret, not even a wrong one', () => {
    const faults = faultsOf(() => loadConfig(settings, { NAME: 'a', API_KEY: 'short' }))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^API_KEY has a wrong form/)
    expect(faults.join()).not.toContain('short')
    const config = loadConfig(settings, { NAME: 'a', API_KEY: 'long-secret' })
    expect(showConfig(settings, config)).toEqual({
      PORT: '4000',
      API_KEY: '[secret]',
      NAME: 'a',
    })
  })
})

describe('the common settings', () => {
  it('have defaults that are valid', () => {
    const all = { ...processSettings, ...kafkaSettings, ...valkeySettings }
    const config = loadConfig(all, {})
    expect(config).toMatchObject({
      internalPort: 9090,
      logLevel: 'info',
      shutdownMs: 10_000,
      traceRatio: 0.01,
      kafkaBrokers: ['localhost:9092'],
      kafkaTls: false,
      valkeyUrl: 'redis://localhost:6379',
    })
    expect(describeSettings(all).filter((row) => row.required)).toEqual([])
  })

  it('are described with name, help, default and whether they are secret', () => {
    const rows = describeSettings(settings)
    expect(rows).toEqual([
      { env: 'PORT', help: 'port to listen on', default: '4000', required: false, secret: false },
      { env: 'API_KEY', help: 'key', default: null, required: false, secret: true },
      { env: 'NAME', help: 'a name', default: null, required: true, secret: false },
    ])
  })
})

describe('the forms of settings', () => {
  const accepts = (schema: z.ZodType, text: string | undefined) => schema.safeParse(text).success

  it('take numbers within their bounds only', () => {
    expect(
      ['0', '65535', '65536', '-1', '1.5', '0x10', ' 1', '1e3'].map((t) => accepts(port, t)),
    ).toEqual([true, true, false, false, false, false, false, false])
    expect(integer(-5, 5).parse('-5')).toBe(-5)
    expect(['0.5', '1', '1.01', 'NaN'].map((t) => accepts(decimal(0, 1), t))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('take flags as words, lists at commas, addresses of given protocols', () => {
    expect(['true', '0', 'maybe'].map((t) => accepts(flag, t))).toEqual([true, true, false])
    expect(flag.parse('off')).toBe(false)
    expect(list.parse(' a, b,,c ')).toEqual(['a', 'b', 'c'])
    expect(list.parse(undefined)).toEqual([])
    const web = address('http', 'https')
    expect(['http://x:1/y', 'ws://x', 'x'].map((t) => accepts(web, t))).toEqual([
      true,
      false,
      false,
    ])
    expect(accepts(valkeySettings.valkeyUrl.schema, 'redis://:pass@valkey-1:6379')).toBe(true)
  })
})
