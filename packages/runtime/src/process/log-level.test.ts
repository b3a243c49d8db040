import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createLevelSwitch, createLog } from '../telemetry/log.ts'
import type { InternalHandler, InternalMethod } from './internal-server.ts'
import { serveLogLevel } from './log-level.ts'

const open = () => {
  const clock = manualClock()
  const level = createLevelSwitch('info')
  const lines: string[] = []
  const log = createLog({ name: 'try', level }, { write: (line) => void lines.push(line) })
  const handlers = new Map<string, InternalHandler>()
  const route = (path: string, handler: InternalHandler, method: InternalMethod = 'GET') =>
    void handlers.set(`${method} ${path}`, handler)
  const stop = serveLogLevel(route, { level, clock, log, configured: 'info' })
  const ask = async (method: InternalMethod, body = '') => {
    const handler = handlers.get(`${method} /loglevel`)
    const reply = await handler?.(new URL('http://internal/loglevel'), body)
    return { status: reply?.status, ...JSON.parse(reply?.body ?? '{}') }
  }
  return { clock, level, log, lines, ask, stop }
}

describe('the log level of a process', () => {
  it('is told and set on the internal port', async () => {
    const { ask, log, lines } = open()
    expect(await ask('GET')).toEqual({ status: 200, level: 'info', configured: 'info' })
    expect(await ask('POST', '{"level":"debug"}')).toMatchObject({ status: 200, level: 'debug' })
    log.debug('to be seen')
    expect(lines.join()).toMatch(/"before":"info".*log level changed.*to be seen/s)
  })

  it('goes back to the configured one when the time is over', async () => {
    const { ask, clock, level } = open()
    await ask('POST', '{"level":"debug","forMs":60000}')
    await clock.advance(20_000)
    expect(await ask('GET')).toMatchObject({ level: 'debug', backInMs: 40_000 })
    await clock.advance(40_000)
    expect(level.level()).toBe('info')
    expect(await ask('GET')).toEqual({ status: 200, level: 'info', configured: 'info' })
  })

  it('counts the time of the last wish alone', async () => {
    const { ask, clock, level } = open()
    await ask('POST', '{"level":"debug","forMs":1000}')
    await ask('POST', '{"level":"trace"}')
    await clock.advance(5_000)
    expect(level.level()).toBe('trace')
  })

  it.each([
    '',
    '{}',
    '{"level":"loud"}',
    '{"level":"debug","forMs":0}',
    '{"level":"debug","forMs":86400001}',
    '{"level":"debug","for":5}',
  ])('stays as it is for %j', async (body) => {
    const { ask, level } = open()
    expect(await ask('POST', body)).toMatchObject({ status: 400, error: 'bad_request' })
    expect(level.level()).toBe('info')
  })
})
