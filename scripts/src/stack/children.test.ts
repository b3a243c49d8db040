import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { type Children, createChildren, tailOf } from './children.ts'
import { isGone } from './process-table.ts'
import { until } from './wait.ts'

const families: Children[] = []

afterEach(async () => {
  for (const children of families.splice(0)) await children.close()
})

const family = async (): Promise<Children> => {
  const children = await createChildren('flux-unit-')
  families.push(children)
  return children
}

const shell = (script: string) => ({ command: 'sh', args: ['-c', script] })

const soon = (what: string) => ({ what, deadlineMs: 10_000 })

describe('children', () => {
  it('collects what a process writes, over its restarts', async () => {
    const children = await family()
    await children.spawn('talker', shell('echo out; echo err >&2'))
    await children.spawn('talker', shell('echo again'))
    const log = children.logFile('talker')
    const lines = () => new Set(tailOf(log).split('\n'))
    await until(() => lines().size === 3, soon('three lines'))
    expect(lines()).toEqual(new Set(['out', 'err', 'again']))
  })

  it('stops a process politely', async () => {
    const children = await family()
    const child = await children.spawn(
      'polite',
      shell('trap "echo bye; exit" TERM; echo up; while :; do sleep 0.05; done'),
    )
    await until(() => tailOf(child.logFile) === 'up', soon('its start'))
    await child.stop(10_000)
    expect(tailOf(child.logFile)).toMatch(/bye$/)
  })

  it('kills a process that does not stop in time', async () => {
    const children = await family()
    const child = await children.spawn('deaf', shell('trap "" TERM; echo up; sleep 60'))
    await until(() => tailOf(child.logFile) === 'up', soon('its start'))
    await child.stop(50)
    expect(child.running()).toBe(false)
  })

  it('stops a process that is paused', async () => {
    const children = await family()
    const child = await children.spawn('paused', shell('exec sleep 60'))
    await child.kill('SIGSTOP')
    await child.stop(10_000)
    expect(child.running()).toBe(false)
  })

  it('ends what a process has started together with it', async () => {
    const children = await family()
    const child = await children.spawn('parent', shell('sleep 60 & echo $!; wait'))
    await until(() => /^\d+$/.test(tailOf(child.logFile)), soon('the process id'))
    const grandchild = Number(tailOf(child.logFile))
    await child.kill('SIGKILL')
    await until(() => isGone(grandchild), soon('the end of the grandchild'))
  })

  it('says what cannot be run', async () => {
    const children = await family()
    await expect(
      children.spawn('nothing', { command: '/no/such/program', args: [] }),
    ).rejects.toMatchObject({ code: 'spawn_failed' })
  })

  it('leaves neither process nor folder when it is closed', async () => {
    const children = await family()
    const child = await children.spawn('sleeper', shell('sleep 60'))
    await children.close()
    expect(child.running()).toBe(false)
    expect(existsSync(children.folder)).toBe(false)
  })
})
