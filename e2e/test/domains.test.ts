import { readFileSync } from 'node:fs'
import { type Stack, serviceNames, startStack } from '@flux/scripts/stack'
import { type Checker, eventually, openChecker } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const keys = { finnhub: 'e2e-finnhub-key-4711', newsdata: 'e2e-newsdata-key-0815' }

interface RequestCount {
  readonly route: string
  readonly count: number
}

/** How many requests to a route the sandbox has answered. */
const requestsTo = async (sandboxUrl: string | undefined, route: string): Promise<number> => {
  const state: unknown = await (await fetch(`${sandboxUrl}/control/state`)).json()
  const requests: readonly RequestCount[] = Reflect.get(Object(state), 'requests')
  return requests
    .filter((request) => request.route.includes(route))
    .reduce((sum, { count }) => sum + count, 0)
}

describe('all domains on the whole stack', () => {
  let stack: Stack
  const checkers: Checker[] = []

  const open = (rooms: readonly string[]) => {
    const checker = openChecker(stack.url, rooms)
    checkers.push(checker)
    return checker
  }

  beforeAll(async () => {
    stack = await startStack({
      services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
      env: {
        bff: { MAX_CONNECTIONS_PER_ADDRESS: '2000' },
        stock: { FINNHUB_API_KEY: keys.finnhub },
        news: { NEWSDATA_API_KEY: keys.newsdata },
      },
    })
  })

  afterAll(async () => {
    for (const checker of checkers) checker.close()
    await stack?.close()
  })

  it('bring stocks, news and the canary to whoever wants them', async () => {
    const { client } = open(['stock.global', 'news.global', 'platform.canary', 'platform.global'])
    await eventually('quotes', () => client.keys('stock.quotes').length > 5, 60_000)
    await eventually(
      'performers',
      () => client.read('stock.performers', 'US') !== undefined,
      60_000,
    )
    await eventually(
      'headlines',
      () => client.read('news.headlines', 'global') !== undefined,
      60_000,
    )
    await eventually('canaries', () => client.records('platform.canary', 'canary').length > 3)
    const performers = client.read('stock.performers', 'US')?.value
    for (const { changePercent } of performers?.gainers ?? [])
      expect(changePercent).toBeGreaterThan(0)
    for (const { changePercent } of performers?.losers ?? []) expect(changePercent).toBeLessThan(0)
    const seqs = client.records('platform.canary', 'canary').map(({ value }) => value.seq)
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
  })

  it('fetch the weather of a place because somebody looks, once for a thousand clients', async () => {
    const watchers = Array.from({ length: 1_000 }, () => open(['weather.oslo-no']))
    await eventually(
      'the weather of Oslo at every client',
      () =>
        watchers.every(({ client }) => client.read('weather', 'oslo-no')?.value.current != null),
      30_000,
    )
    const value = watchers[0]?.client.read('weather', 'oslo-no')?.value
    expect(value?.place).toMatchObject({ name: 'Oslo', country: 'NO', zone: 'Europe/Oslo' })
    expect(value?.hourly.length).toBeGreaterThanOrEqual(24)
    expect(value?.daily.length).toBeGreaterThanOrEqual(5)
    expect(await requestsTo(stack.sandbox?.url, '/open-meteo/v1/forecast')).toBe(1)
    const replicas = watchers.map(({ client }) => client.status().replica)
    expect(new Set(replicas).size).toBe(2)
    for (const watcher of watchers.splice(0)) watcher.close()
  })

  it('keep the keys of the providers out of everything that is written', () => {
    for (const { name, logFile } of stack.parts) {
      const text = logFile ? readFileSync(logFile, 'utf8') : ''
      for (const key of Object.values(keys))
        expect(text.includes(key), `${name}: ${key}`).toBe(false)
    }
  })
})
