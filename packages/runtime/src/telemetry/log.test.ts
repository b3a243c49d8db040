import { describe, expect, it } from 'vitest'
import { createLevelSwitch, createLog, type LogLevel } from './log.ts'

const open = (level: LogLevel) => {
  const lines: string[] = []
  const control = createLevelSwitch(level)
  const log = createLog({ name: 'try', level: control }, { write: (line) => void lines.push(line) })
  const said = () => lines.splice(0).map((line) => JSON.parse(line)['msg'])
  return { log, control, said, lines }
}

describe('a log', () => {
  it.each([
    ['at the top', { token: 'hidden' }],
    ['one level down', { auth: { password: 'hidden', apiKey: 'hidden' } }],
    ['in headers', { headers: { authorization: 'hidden', cookie: 'hidden' } }],
  ])('hides secrets %s', (_, fields) => {
    const { log, lines } = open('info')
    log.info(fields, 'a request')
    log.child({ part: 'one' }).info(fields, 'the same of a child')
    expect(lines).toHaveLength(2)
    expect(lines.join()).toContain('[redacted]')
    expect(lines.join()).not.toContain('hidden')
  })

  it('changes its level while it runs, with the children made before and after', () => {
    const { log, control, said } = open('warn')
    const before = log.child({ part: 'before' })
    const speak = () => {
      for (const each of [log, before, before.child({ part: 'grandchild' }), log.child({})]) {
        each.debug('fine')
        each.error('bad')
      }
      return said().join(' ')
    }
    expect(speak()).toBe('bad bad bad bad')
    control.set('debug')
    expect(speak()).toBe('fine bad fine bad fine bad fine bad')
    control.set('silent')
    expect(speak()).toBe('')
    expect(control.level()).toBe('silent')
  })
})
