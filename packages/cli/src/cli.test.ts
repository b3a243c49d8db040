import { FluxError, setting } from '@flux/runtime'
import { testHost } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runCli } from './cli.ts'
import { subcommand } from './subcommand.ts'

const settings = { who: setting('WHO', z.string(), { help: 'whom to greet' }) }
const greet = (work: (who: string) => Promise<void> = async () => undefined) =>
  subcommand({
    name: 'greet',
    summary: 'greets somebody',
    settings,
    work: async ({ config, log }) => {
      log.info({ who: config.who }, 'greeted')
      await work(config.who)
    },
  })

const run = async (argv: readonly string[], env = {}, greeting = greet()) => {
  const host = testHost({ argv, env })
  await runCli([greeting], host)
  return host
}

describe('runCli', () => {
  it('runs the subcommand with its configuration and exits with 0', async () => {
    const host = await run(['greet'], { WHO: 'Oslo' })
    expect(host.exits()).toEqual([0])
    expect(host.logged()).toMatchObject([{ service: 'greet', who: 'Oslo' }])
  })

  it('exits with 1 and one sentence when the work fails', async () => {
    const fails = greet(async () => {
      throw new FluxError('denied', 'Kafka refuses us')
    })
    const host = await run(['greet'], { WHO: 'Oslo' }, fails)
    expect(host.exits()).toEqual([1])
    expect(host.complained()).toBe('greet failed: Kafka refuses us\n')
  })

  it('exits with 78 and lists what is set wrongly', async () => {
    const host = await run(['greet'], {})
    expect(host.exits()).toEqual([78])
    expect(host.complained()).toContain('WHO is not set; set WHO (or WHO_FILE) to: whom to greet')
  })

  it.each([[['gret']], [[]]])('exits with 64 and lists what there is for %j', async (argv) => {
    const host = await run(argv)
    expect(host.exits()).toEqual([64])
    expect(host.complained()).toMatch(/subcommand/)
    expect(host.complained()).toMatch(/greet +greets somebody/)
  })

  it('tells on request what there is and what it can be told', async () => {
    const list = await run(['--help'])
    expect([list.exits(), list.complained()]).toEqual([[0], ''])
    expect(list.printed()).toContain('greets somebody')
    const help = await run(['greet', '--help'])
    expect(help.exits()).toEqual([0])
    expect(help.printed()).toMatch(/WHO +required: whom to greet/)
  })

  it('aborts the work at the first signal and leaves at the second', async () => {
    const host = testHost({ argv: ['wait'], env: {} })
    const wait = subcommand({
      name: 'wait',
      summary: 'waits',
      settings: {},
      work: ({ signal }) => {
        const stopped = Promise.withResolvers<void>()
        signal.addEventListener('abort', () => stopped.reject(signal.reason))
        return stopped.promise
      },
    })
    const done = runCli([wait], host)
    host.signal('SIGTERM')
    host.signal('SIGTERM')
    await done
    expect(host.exits()).toEqual([1, 1])
    expect(host.complained()).toContain('stopped by SIGTERM')
  })
})
