import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput, Sandbox } from '../src/index.ts'
import { control, manualClock, request, startManual } from './support.ts'

let clock: ReturnType<typeof manualClock>
let sandbox: Sandbox
beforeEach(async () => {
  clock = manualClock()
  sandbox = await startManual({ clock, rate: 0 })
})
afterEach(() => sandbox.close())

const latest = '/newsdata/api/1/latest'
const ask = (query = '', key = 'some-key') =>
  request(sandbox, `${latest}${query}`, { headers: { 'X-ACCESS-KEY': key } })
const set = (fault: FaultInput) => sandbox.control.addFault(fault)
const settings = (body: object) => control(sandbox, 'POST', { path: '/newsdata', body })

describe('NewsData.io', () => {
  it('wants a key, and takes that of the header first', async () => {
    const missing = await request(sandbox, latest)
    expect([missing.status, missing.json()]).toMatchObject([
      401,
      { status: 'error', results: { code: 'Unauthorized' } },
    ])
    const wrong = await ask('?apikey=good', 'wrong')
    expect([wrong.status, wrong.json()]).toEqual([
      401,
      {
        status: 'error',
        results: { message: 'The provided API key is not valid.', code: 'Unauthorized' },
      },
    ])
    expect((await request(sandbox, `${latest}?apikey=good`)).status).toBe(200)
    expect((await request(sandbox, '/newsdata/api/1/news?apikey=good')).status).toBe(200)
  })

  it('gives ten stories and where to go on', async () => {
    const first = (await ask('?category=business&language=en&country=us,gb')).json()
    expect(first).toMatchObject({ status: 'success' })
    expect(first.results).toHaveLength(10)
    expect(first.totalResults).toBeGreaterThan(10)
    const query = `?category=business&language=en&country=us,gb&page=${first.nextPage}`
    const second = (await ask(query)).json()
    expect(second.results[0].pubDate < first.results[9].pubDate).toBe(true)
    expect((await ask('?size=2')).json().results).toHaveLength(2)
  })

  it('has new stories after a while', async () => {
    const titles = async () =>
      (await ask()).json().results.map(({ article_id: id }: { article_id: string }) => id)
    const before = await titles()
    sandbox.control.step({ ms: 180_000 })
    const after = await titles()
    expect(after[0]).not.toBe(before[0])
    expect(after).toContain(before[0])
  })

  it('refuses what it does not know without a credit', async () => {
    expect((await ask('?size=50')).status).toBe(422)
    expect((await ask('?country=us&country=gb')).status).toBe(409)
    expect((await ask('?mood=good')).json().results.code).toBe('UnsupportedFilter')
    expect((await ask()).headers.get('x-api-limit-remaining')).toBe('199')
  })

  it('counts the credits of fifteen minutes', async () => {
    const first = await ask('?size=1')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('29')
    expect(first.headers.get('x_rate_limit_remaining')).toBe('29')
    for (let i = 0; i < 29; i++) expect((await ask('?size=1')).status).toBe(200)
    const limited = await ask('?size=1')
    expect([limited.status, limited.json().results.code]).toEqual([429, 'RateLimitExceeded'])
    expect(limited.headers.get('x-api-limit-remaining')).toBe('170')
    await clock.advance(900_000)
    expect((await ask('?size=1')).status).toBe(200)
  })

  it('counts the credits of a day', async () => {
    await settings({ creditsPerDay: 2, creditsPer15Minutes: null })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
    const limited = await ask()
    expect([limited.status, limited.json().results.code]).toEqual([429, 'ApiLimitExceeded'])
    expect((await control(sandbox, 'GET', { path: '/newsdata' })).json()).toEqual({
      creditsPerDay: 2,
      creditsPer15Minutes: null,
      leftToday: 0,
      leftIn15Minutes: 28,
    })
    await clock.advance(86_400_000)
    expect((await ask()).status).toBe(200)
    expect((await settings({ creditsPerDay: -1 })).status).toBe(400)
  })

  it('suffers the faults of the control API', async () => {
    const provider = 'newsdata'
    set({ kind: 'status', provider, status: 500, count: 1 })
    const failed = await ask()
    expect([failed.status, failed.json().status]).toEqual([500, 'error'])
    set({ kind: 'error_object', provider, count: 1 })
    const odd = await ask()
    expect([odd.status, odd.json().status]).toEqual([200, 'error'])
    set({ kind: 'nulls', provider, fields: ['title', 'link'], count: 1 })
    expect((await ask()).json().results[0]).toMatchObject({ title: null, link: null })
    set({ kind: 'malformed', provider, count: 1 })
    const broken = await ask()
    expect(() => broken.json()).toThrow()
  })
})

// biome-ignore lint/style/noProcessEnv: the folder of recordings is given to the test run by name
const folder = join(env['FLUX_PROVIDER_DATA'] ?? '', 'newsdata')
const isThere = folder !== 'newsdata' && existsSync(folder)

describe.skipIf(!isThere)('beside what NewsData.io sent', () => {
  const recorded = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))

  it('has the same fields in the same order, with the same kinds of values', async () => {
    const { results } = (await ask()).json()
    const kinds = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value)
    const files = readdirSync(folder).filter((file) => file.startsWith('latest-'))
    expect(files.length).toBeGreaterThan(0)
    for (const article of files.flatMap((file) => recorded(file).results)) {
      expect(Object.keys(results[0])).toEqual(Object.keys(article))
      for (const [key, value] of Object.entries(article)) {
        const own = results.map((story: Record<string, unknown>) => story[key])
        if (value !== null && own[0] !== null) expect(own.map(kinds)).toContain(kinds(value))
      }
    }
    const [page] = files.map(recorded)
    expect(Object.keys((await ask()).json())).toEqual(expect.arrayContaining(Object.keys(page)))
  })

  it('has the same refusal', async () => {
    expect((await ask('', 'wrong')).json()).toEqual(recorded('error-unauthorized.json'))
  })
})
