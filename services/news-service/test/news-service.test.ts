import { deadLetterTopic, decodeMeta, newsHeadlines, refreshNews } from '@flux/contracts'
import type { FaultInput } from '@flux/sandbox'
import { describe, expect, it } from 'vitest'
import { apiKey, fast, openWorld, until } from './world.ts'

const command = (id: string) => {
  const now = Date.now()
  const value = { id, reason: 'missing', requestedAt: now, waitingSince: now, body: {} }
  return { key: 'global', value: JSON.stringify(value), headers: {} }
}

describe('the service', () => {
  it('publishes the headlines of all categories, marked as simulated', async () => {
    const world = await openWorld()
    const replica = await world.start('a')
    await until(async () => expect(await world.values(newsHeadlines)).toHaveLength(3))
    const list = (await world.values(newsHeadlines)).at(-1)
    const categories = new Set(list?.stories.map(({ category }) => category))
    expect(categories).toEqual(new Set(['business', 'technology', 'politics']))
    expect(list?.stories.length).toBeGreaterThan(15)
    expect(JSON.stringify(list)).not.toMatch(
      /ONLY AVAILABLE|<[a-z/]|&[a-z]+;|\S@\S+\.\S|javascript:/i,
    )
    const [record] = await world.records(newsHeadlines.topic)
    expect(decodeMeta(record?.headers ?? {})).toMatchObject({ source: 'newsdata', simulated: true })
    expect(await replica.metric('flux_news_calls_total', { outcome: 'fetched' })).toBe(3)
    expect(await replica.metric('flux_news_articles_total')).toBe(30)
    expect(await replica.metric('flux_news_credits_left', { window: 'day' })).toBe(999_997)
    await until(async () => {
      expect(await world.source()).toMatchObject({ state: 'ok', simulated: true, leader: true })
    })
    expect(await world.records(deadLetterTopic)).toEqual([])
    const all = [...(await world.records(newsHeadlines.topic)), ...replica.logged()]
    expect(JSON.stringify(all)).not.toContain(apiKey)
  })

  it('calls from one replica, and the next one goes on without a call', async () => {
    const world = await openWorld()
    const one = await world.start('a')
    const two = await world.start('b')
    await until(async () => expect(await world.values(newsHeadlines)).toHaveLength(3))
    expect(await one.stop()).toBe(0)
    await until(async () => {
      expect(await world.source()).toMatchObject({ replica: 'b', state: 'ok', leader: true })
    })
    expect(await two.metric('flux_news_calls_total')).toBe(0)
    expect(await world.values(newsHeadlines)).toHaveLength(3)
  })

  it('answers a command when nothing was published, and no second one right after', async () => {
    const world = await openWorld()
    world.sandbox.control.addFault({ kind: 'status', provider: 'newsdata', status: 500, count: 1 })
    const replica = await world.start('a')
    await until(async () => {
      expect(await replica.metric('flux_news_calls_total', { outcome: 'failed' })).toBe(1)
    })
    expect(await world.values(newsHeadlines)).toEqual([])
    await world.observer.send(refreshNews.topic, [command('c1')])
    await until(async () => expect(await world.values(newsHeadlines)).toHaveLength(1))
    await world.observer.send(refreshNews.topic, [command('c2')])
    await until(async () => {
      expect(await replica.metric('flux_commands_total', { outcome: 'fresh' })).toBe(1)
    })
    expect(await world.values(newsHeadlines)).toHaveLength(1)
  })

  it('does not start with a schedule that the plan does not allow', async () => {
    const world = await openWorld()
    const { code, complained } = await world.startInVain({ NEWS_EVERY_SECONDS: '60' })
    expect(code).toBe(78)
    expect(complained).toContain('NEWS_EVERY_SECONDS is 60: 1440 calls in 24 hours')
  })
})

describe('without a key', () => {
  it('is ready, says so once, tells what enables it, and publishes nothing', async () => {
    const world = await openWorld()
    const replica = await world.start('a', { NEWSDATA_API_KEY: '' })
    await until(async () => {
      expect((await replica.get('/readyz')).status).toBe(200)
      expect(await world.source()).toMatchObject({
        provider: 'newsdata',
        state: 'unconfigured',
        enabledBy: 'NEWSDATA_API_KEY',
        simulated: true,
      })
    })
    await world.observer.send(refreshNews.topic, [command('c1')])
    await until(async () => {
      expect(await replica.metric('flux_commands_total', { outcome: 'deferred' })).toBe(1)
    })
    const warned = replica.logged().filter(({ level }) => level === 'warn')
    expect(warned).toMatchObject([{ msg: 'no headlines: NEWSDATA_API_KEY is not set' }])
    expect(await world.values(newsHeadlines)).toEqual([])
    expect(await world.records(deadLetterTopic)).toEqual([])
  })
})

describe('what the provider gets wrong', () => {
  const provider = 'newsdata'
  const faults: readonly (readonly [string, FaultInput, string])[] = [
    ['a wrong key', { provider, kind: 'status', status: 401 }, 'the key is not accepted'],
    ['a wrong address', { provider, kind: 'status', status: 403 }, 'from this address'],
    ['a limit', { provider, kind: 'status', status: 429 }, 'HTTP status 429'],
    ['an error', { provider, kind: 'status', status: 500 }, 'HTTP status 500'],
    [
      'an error with status 200',
      { provider, kind: 'error_object' },
      'the provider reports ServerError',
    ],
    ['HTML', { provider, kind: 'html' }, 'not JSON'],
    ['half a body', { provider, kind: 'malformed' }, 'not JSON'],
    ['a cut connection', { provider, kind: 'cut' }, 'newsdata'],
    ['a bare list', { provider, kind: 'empty' }, 'neither a list of articles nor an error'],
    ['nulls', { provider, kind: 'nulls' }, 'neither a list of articles nor an error'],
    [
      'articles without titles',
      { provider, kind: 'nulls', fields: ['title'] },
      'articles can be read',
    ],
  ]

  it.each(faults)(
    'is told and counted, leaves the last list in place, and passes: %s',
    async (_, fault, reason) => {
      const world = await openWorld()
      const replica = await world.start('a', fast)
      await until(async () => {
        expect((await world.values(newsHeadlines)).length).toBeGreaterThanOrEqual(3)
      })
      world.sandbox.control.addFault(fault)
      await until(async () => {
        const source = await world.source()
        expect(source?.state).toMatch(/degraded|down/)
        expect(source?.reason).toContain(reason)
      })
      const before = (await world.values(newsHeadlines)).length
      world.sandbox.control.clearFaults()
      await until(async () => {
        expect((await world.source())?.state).toBe('ok')
        expect((await world.values(newsHeadlines)).length).toBeGreaterThan(before)
      })
      expect((await world.values(newsHeadlines)).at(-1)?.stories.length).toBeGreaterThan(15)
      expect(await replica.metric('flux_news_calls_total', { outcome: 'failed' })).toBeGreaterThan(
        0,
      )
      expect(await world.records(deadLetterTopic)).toEqual([])
      expect(replica.exits()).toEqual([])
    },
  )
})
