import { deadLetterTopic, weather } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { type Answer, openProviders, type Providers } from './providers.ts'
import { openWorld, until } from './world.ts'

const key = 'k3y-that-must-not-be-shown'
const oslo = 'oslo-no'
const bergen = 'bergen-no'
const longMs = 60_000

const envs = {
  'open-meteo': ({ url }: Providers) => ({ OPEN_METEO_URL: url, OPEN_METEO_AIR_QUALITY_URL: url }),
  openweathermap: ({ url }: Providers) => ({
    OPENWEATHERMAP_URL: url,
    OPENWEATHERMAP_API_KEY: key,
  }),
} as const

const mainPath = { 'open-meteo': '/v1/forecast', openweathermap: '/data/2.5/weather' } as const

type Name = keyof typeof envs

/** A service whose provider knows Oslo already, or not. */
const open = async (name: Name) => {
  const providers = await openProviders()
  const world = await openWorld(envs[name](providers))
  const replica = await world.start('a')
  let sent = 0
  const ask = async (place: string, waitedMs = longMs) => {
    sent += 1
    await world.ask([place], waitedMs)
    await world.handled([replica], sent)
  }
  /** Nothing of the key, in anything that was said. */
  const expectSilence = async () => {
    const said = [
      JSON.stringify(replica.logged()),
      ...(await Promise.all(world.broker.topics().map((topic) => world.observer.read(topic))))
        .flat()
        .map(({ value, headers }) => `${value?.toString()} ${JSON.stringify(headers)}`),
    ].join('\n')
    expect(said).toContain('weather')
    expect(said).not.toContain(key)
    expect(said).not.toContain('appid')
  }
  return {
    providers,
    world,
    replica,
    ask,
    expectSilence,
    calls: () => providers.to(mainPath[name]),
  }
}

const fault = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  ...{ status, body, headers },
})
const meteo = (reason: string) => ({ error: true, reason })
const owm = (cod: number | string, message: string) => ({ cod, message })

interface Case {
  readonly name: Name
  readonly answer: Answer
}

const place: readonly (readonly [string, Case])[] = [
  [
    '400 "No data is available for this location"',
    { name: 'open-meteo', answer: fault(400, meteo('No data is available for this location')) },
  ],
  [
    '200 with an error body',
    { name: 'open-meteo', answer: fault(200, meteo('No data is available for this location')) },
  ],
  [
    '400 for a bad parameter',
    { name: 'open-meteo', answer: fault(400, meteo('Latitude must be in range')) },
  ],
  ['404 without a body', { name: 'open-meteo', answer: { status: 404, text: '' } }],
  ['an empty object', { name: 'open-meteo', answer: fault(200, {}) }],
  [
    '404 "city not found", cod as text',
    { name: 'openweathermap', answer: fault(404, owm('404', 'city not found')) },
  ],
  [
    '404 "city not found" with status 200',
    { name: 'openweathermap', answer: fault(200, owm('404', 'city not found')) },
  ],
  [
    '400, cod as text',
    { name: 'openweathermap', answer: fault(400, owm('400', 'wrong latitude')) },
  ],
  ['a list', { name: 'openweathermap', answer: fault(200, []) }],
]

describe('an error that is about one place', () => {
  it.each(place)('fails that place alone: %s', async (_, { name, answer }) => {
    const { providers, world, ask, calls, expectSilence } = await open(name)
    providers.answers(({ path }) => (path === mainPath[name] ? answer : undefined))
    for (let n = 0; n < 7; n += 1) await ask(['lima-pe', 'cairo-eg', 'paris-fr'][n % 3] ?? '', 0)
    await ask(oslo, 0)
    expect(await world.weatherOf(oslo)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/(has no weather for Oslo|cannot be read)$/),
      current: null,
      asOf: null,
    })
    const before = calls().length
    providers.answers(() => undefined)
    await ask(bergen)
    expect(calls()).toHaveLength(before + 1)
    expect(await world.weatherOf(bergen)).toMatchObject({ status: 'ok' })
    expect(await world.source()).toMatchObject({ state: 'ok', breaker: 'closed' })
    expect(await world.observer.read(deadLetterTopic)).toEqual([])
    await expectSilence()
  })
})

const limits: readonly (readonly [string, Case, 'degraded' | 'down', RegExp])[] = [
  [
    '429 "Hourly API request limit exceeded"',
    { name: 'open-meteo', answer: fault(429, meteo('Hourly API request limit exceeded')) },
    'degraded',
    /allows no more/,
  ],
  [
    '400 "Daily API request limit exceeded"',
    { name: 'open-meteo', answer: fault(400, meteo('Daily API request limit exceeded')) },
    'degraded',
    /allows no more/,
  ],
  [
    '429 with Retry-After',
    { name: 'open-meteo', answer: fault(429, meteo('slow down'), { 'retry-after': '120' }) },
    'degraded',
    /allows no more/,
  ],
  [
    '429, cod as number',
    {
      name: 'openweathermap',
      answer: fault(
        429,
        owm(429, 'Your account is temporary blocked due to exceeding of requests'),
      ),
    },
    'degraded',
    /allows no more/,
  ],
  [
    '401, cod as number',
    { name: 'openweathermap', answer: fault(401, owm(401, `Invalid API key ${key}.`)) },
    'down',
    /refuses the key/,
  ],
  [
    '401 with status 200',
    { name: 'openweathermap', answer: fault(200, owm(401, 'Invalid API key.')) },
    'down',
    /refuses the key/,
  ],
]

describe('an error that is about the account', () => {
  it.each(limits)('stops all calls: %s', async (_, { name, answer }, state, reason) => {
    const { providers, world, replica, ask, calls, expectSilence } = await open(name)
    providers.answers(() => answer)
    await ask(oslo)
    expect(calls()).toHaveLength(1)
    expect(await world.weatherOf(oslo)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(reason),
    })
    providers.answers(() => undefined)
    await ask(bergen)
    await ask('lima-pe', 0)
    expect(calls()).toHaveLength(1)
    expect(await world.weatherOf(bergen)).toMatchObject({ status: 'failed', current: null })
    expect(await world.weatherOf('lima-pe')).toBeUndefined()
    expect(await replica.metric('flux_commands_total', { outcome: 'deferred' })).toBe(1)
    await until(async () => {
      expect(await world.source()).toMatchObject({
        ...{ state, breaker: 'closed', enabledBy: null },
        reason: expect.stringMatching(/no calls until 20/),
      })
    })
    await expectSilence()
  })

  it('is known to a replica that starts later', async () => {
    const { providers, world, ask, calls } = await open('open-meteo')
    providers.answers(() => fault(429, meteo('Hourly API request limit exceeded')))
    await ask(oslo)
    const others = await Promise.all(['b', 'c'].map((name) => world.start(name)))
    const places = ['lima-pe', 'cairo-eg', 'paris-fr', bergen, 'trondheim-no']
    await world.ask(places, longMs)
    await until(async () => {
      expect(new Set((await world.values(weather)).map((value) => value.place.id)).size).toBe(6)
    })
    expect(calls()).toHaveLength(1)
    const handled = await Promise.all(others.map((one) => one.metric('flux_weather_places_total')))
    expect(Math.max(...handled)).toBeGreaterThan(0)
  })
})

const passing: readonly (readonly [string, Case])[] = [
  [
    '503 "The service is overloaded"',
    { name: 'open-meteo', answer: fault(503, meteo('The service is overloaded')) },
  ],
  [
    '400 "The service is overloaded"',
    { name: 'open-meteo', answer: fault(400, meteo('The service is overloaded')) },
  ],
  ['malformed JSON', { name: 'open-meteo', answer: { text: '{"latitude":59.' } }],
  ['a cut connection', { name: 'open-meteo', answer: { cut: true } }],
  ['500 with HTML', { name: 'openweathermap', answer: { status: 500, text: '<html></html>' } }],
  ['502, cod as text', { name: 'openweathermap', answer: fault(502, owm('502', 'bad gateway')) }],
  ['a cut connection', { name: 'openweathermap', answer: { cut: true } }],
]

describe('an error that may pass', () => {
  it.each(passing)('is tried once more: %s', async (_, { name, answer }) => {
    const { providers, world, ask, calls, expectSilence } = await open(name)
    let faults = 1
    providers.answers(({ path }) => {
      if (path !== mainPath[name]) return undefined
      faults -= 1
      return faults >= 0 ? answer : undefined
    })
    await ask(oslo, 0)
    expect(await world.weatherOf(oslo)).toMatchObject({ status: 'ok' })
    expect(calls()).toHaveLength(2)
    await expectSilence()
  })

  it.each(passing)('opens the breaker when it does not: %s', async (_, { name, answer }) => {
    const { providers, world, ask, calls, expectSilence } = await open(name)
    providers.answers(({ path }) => (path === mainPath[name] ? answer : undefined))
    await ask(oslo, 0)
    expect(await world.weatherOf(oslo)).toBeUndefined()
    for (const id of [bergen, 'lima-pe', 'cairo-eg', 'paris-fr']) await ask(id)
    expect(calls()).toHaveLength(5)
    expect(await world.weatherOf('paris-fr')).toMatchObject({
      ...{ status: 'failed', current: null },
      reason: expect.stringMatching(/does not answer properly/),
    })
    await until(async () => {
      expect(await world.source()).toMatchObject({ state: 'down', breaker: 'open' })
    })
    await expectSilence()
  })
})

describe('a part that fails', () => {
  it.each([
    ['open-meteo', '/v1/air-quality', { airQuality: null }],
    ['openweathermap', '/data/2.5/air_pollution', { airQuality: null }],
    ['openweathermap', '/data/2.5/forecast', { hourly: [], daily: [] }],
  ] as const)('leaves the rest of %s: %s', async (name, path, missing) => {
    const { providers, world, replica, ask } = await open(name)
    providers.answers((call) => (call.path === path ? { status: 500, text: '' } : undefined))
    await ask(oslo, 0)
    expect(await world.weatherOf(oslo)).toMatchObject({ status: 'ok', ...missing })
    expect((await world.weatherOf(oslo))?.current).not.toBeNull()
    expect(await replica.metric('flux_weather_parts_missing_total')).toBe(1)
  })
})

describe('a place that was known and fails', () => {
  it('keeps its last good data and their age, also in the eyes of a replica without memory', async () => {
    const providers = await openProviders()
    const world = await openWorld(envs['open-meteo'](providers))
    const first = await world.start('a')
    await world.ask([oslo])
    await world.handled([first], 1)
    const good = await world.weatherOf(oslo)
    await first.stop()
    // Nothing is left but the log.
    await world.cache.close()
    providers.answers(() => fault(400, meteo('No data is available for this location')))
    const second = await world.start('b')
    await world.ask([oslo])
    await world.handled([second], 1)
    const failed = await world.weatherOf(oslo)
    expect(failed).toEqual({
      ...good,
      status: 'failed',
      reason: 'Open-Meteo has no weather for Oslo',
      at: failed?.at,
    })
  })
})
