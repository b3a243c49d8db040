import { createServer } from 'node:net'
import { testHost } from '@flux/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { setting } from '../config/config.ts'
import { port } from '../config/forms.ts'
import { ConfigError } from '../errors.ts'
import type { Process } from './core.ts'
import { launch } from './process.ts'

const settings = {
  port: setting('PORT', port, { help: 'the port', default: '4000' }),
  key: setting('API_KEY', port.optional(), { help: 'the key', secret: true }),
}

const running: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

const start = async (
  begin: (process: Process<{ readonly port: number }>) => Promise<void> = async () => {},
  host = testHost(),
) => {
  let seen: Process<{ readonly port: number }> | undefined
  await launch(
    {
      name: 'try',
      settings,
      start: async (process) => {
        seen = process
        await begin(process)
      },
    },
    host,
  )
  running.push(async () => {
    if (host.exits().length === 0) host.signal('SIGTERM')
    await host.exited
  })
  const get = async (path: string, init?: RequestInit) => {
    const reply = await fetch(`http://127.0.0.1:${seen?.internalPort}${path}`, init)
    return {
      status: reply.status,
      text: await reply.text(),
      type: reply.headers.get('content-type'),
    }
  }
  return { host, get, process: seen }
}

describe('a process', () => {
  it('says every fault of its configuration and exits with 78', async () => {
    const host = testHost({ env: { PORT: 'x', API_KEY: 'y-secret', LOG_LEVEL: 'z' } })
    await launch({ name: 'try', settings, start: async () => {} }, host)
    expect(host.exits()).toEqual([78])
    expect(host.complained()).toMatch(/LOG_LEVEL is "z".*\n.*PORT is "x".*\n.*API_KEY has/)
    expect(host.complained()).not.toContain('y-secret')
  })

  it('prints its configuration with --check-config, secrets masked, and opens nothing', async () => {
    const host = testHost({ argv: ['--check-config'], env: { API_KEY: '1234' } })
    let started = false
    const begin = async () => {
      started = true
    }
    await launch({ name: 'try', settings, start: begin }, host)
    expect([host.exits(), started]).toEqual([[0], false])
    expect(JSON.parse(host.printed())).toMatchObject({ PORT: '4000', API_KEY: '[secret]' })
  })

  it('closes in reverse order on a signal and exits with 0', async () => {
    const closed: string[] = []
    const { host } = await start(async (process) => {
      process.onClose('first', () => void closed.push('first'))
      process.onClose('second', () => void closed.push('second'))
    })
    host.signal('SIGTERM')
    expect([await host.exited, closed]).toEqual([0, ['second', 'first']])
    expect(host.logged().map((line) => line['msg'])).toEqual(['starting', 'stopping', 'stopped'])
  })

  it('ends at once on a second signal', async () => {
    const { host } = await start(async (process) => {
      process.onClose('slow', () => process.clock.sleep(50))
    })
    host.signal('SIGINT')
    host.signal('SIGINT')
    expect(host.exits()).toEqual([130])
  })

  it('exits with 1 after an error that nobody caught, with all closed', async () => {
    const closed: string[] = []
    const { host } = await start(async (process) => {
      process.onClose('it', () => void closed.push('it'))
    })
    host.bug(new Error('unexpected'))
    expect([await host.exited, closed]).toEqual([1, ['it']])
    expect(host.logged().find((line) => line['level'] === 'fatal')).toBeDefined()
  })

  it('exits with 1 when it cannot start, and with 78 when that is its configuration', async () => {
    const broken = await start(async () => {
      throw new Error('no')
    })
    expect(await broken.host.exited).toBe(1)
    const misconfigured = await start(async () => {
      throw new ConfigError(['PORT 1 is in use'])
    })
    expect(await misconfigured.host.exited).toBe(78)
    expect(misconfigured.host.complained()).toContain('PORT 1 is in use')
  })

  it('says clearly that the internal port is in use', async () => {
    const other = createServer()
    const taken = await new Promise<number>((resolve) => {
      other.listen(0, () => {
        const bound = other.address()
        resolve(typeof bound === 'object' && bound ? bound.port : 0)
      })
    })
    const { host } = await start(undefined, testHost({ env: { INTERNAL_PORT: String(taken) } }))
    expect(await host.exited).toBe(78)
    expect(host.complained()).toContain(`INTERNAL_PORT ${taken} is in use`)
    other.close()
  })
})

describe('the internal port', () => {
  it('answers probes, metrics and version', async () => {
    const { get } = await start()
    expect(await get('/livez')).toMatchObject({ status: 200 })
    expect(await get('/startupz')).toMatchObject({ status: 200 })
    expect(await get('/readyz')).toMatchObject({
      status: 200,
      text: '{"status":"ready","checks":{"process":{"state":"ready"}}}',
    })
    expect((await get('/version')).text).toContain('"name":"try"')
    const metrics = await get('/metrics')
    expect(metrics.type).toContain('text/plain')
    expect(metrics.text).toMatch(/^flux_build_info\{service="try",version="dev"/m)
    expect(metrics.text).toMatch(/^flux_event_loop_utilization_ratio \d/m)
    expect(metrics.text).toMatch(/^process_resident_memory_bytes \d/m)
    const open = await get('/metrics', { headers: { accept: 'application/openmetrics-text' } })
    expect(open.type).toContain('application/openmetrics-text')
    expect(open.text).toMatch(/# EOF\n$/)
  })

  it('tells and sets the log level on one path', async () => {
    const { get, host, process } = await start()
    const headers = { 'content-type': 'application/json' }
    const set = await get('/loglevel', { method: 'POST', body: '{"level":"debug"}', headers })
    expect(set).toMatchObject({ status: 200, text: '{"level":"debug","configured":"info"}' })
    expect((await get('/loglevel')).text).toBe(set.text)
    process?.log.debug('in detail')
    expect(host.logged().at(-1)).toMatchObject({ msg: 'in detail' })
    expect((await get('/loglevel', { method: 'PUT' })).status).toBe(405)
  })

  it('is not ready before the start is done, nor after closing has begun', async () => {
    const seen: number[] = []
    const { host, get, process } = await start(async (process) => {
      const url = `http://127.0.0.1:${process.internalPort}`
      seen.push((await fetch(`${url}/readyz`)).status, (await fetch(`${url}/startupz`)).status)
      process.onClose('look', async () => {
        seen.push((await fetch(`${url}/readyz`)).status, (await fetch(`${url}/livez`)).status)
      })
    })
    expect(process?.config.port).toBe(4000)
    seen.push((await get('/readyz')).status)
    host.signal('SIGTERM')
    await host.exited
    expect(seen).toEqual([503, 503, 200, 503, 200])
  })

  it('says degraded with 200 and not ready with 503, and why', async () => {
    const { get, process } = await start()
    process?.ready('valkey', () => ({ state: 'degraded', why: 'away' }))
    expect(await get('/readyz')).toMatchObject({
      status: 200,
      text: expect.stringContaining('"status":"degraded"'),
    })
    process?.ready('kafka', () => {
      throw new Error('broken check')
    })
    const reply = await get('/readyz')
    expect(reply.status).toBe(503)
    expect(reply.text).toContain('"kafka":{"state":"not_ready","why":"broken check"}')
  })

  it('refuses other paths and methods, and answers those that a process adds', async () => {
    const { get, process } = await start()
    process?.route('/own', (url) => ({ status: 200, body: url.search }))
    process?.route('/bad', () => {
      throw new Error('bug')
    })
    expect(await get('/own?a=1')).toMatchObject({ status: 200, text: '?a=1' })
    expect((await get('/nothing')).status).toBe(404)
    expect((await get('/livez', { method: 'POST' })).status).toBe(405)
    expect(await get('/bad')).toMatchObject({ status: 500, text: '{"error":"internal"}' })
    expect(await get('/livez', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  it('takes JSON of 4 KiB where a path is for POST, and nothing else there', async () => {
    const { get, process } = await start()
    process?.route('/told', (_url, body) => ({ status: 200, body }), 'POST')
    const post = (body: string, type = 'application/json') =>
      get('/told', { method: 'POST', body, headers: { 'content-type': type } })
    expect(await post('{"a":1}')).toMatchObject({ status: 200, text: '{"a":1}' })
    expect(await post('{}', 'application/json; charset=utf-8')).toMatchObject({ status: 200 })
    expect((await post('{}', 'text/plain')).status).toBe(415)
    for (const length of [4_097, 1_000_000]) {
      expect((await post('x'.repeat(length))).status).toBe(413)
    }
    expect((await get('/told')).status).toBe(405)
    expect((await get('/livez')).status).toBe(200)
  })
})
