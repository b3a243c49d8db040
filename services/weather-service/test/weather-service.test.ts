import { setImmediate as turn } from 'node:timers/promises'
import { deadLetterTopic, decodeMeta, weather } from '@flux/contracts'
import { createPlaces } from '@flux/places'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { openProviders, type Providers } from './providers.ts'
import { openWorld, until } from './world.ts'

const oslo = 'oslo-no'

const envOf = ({ url }: Pick<Providers, 'url'>) => ({
  OPEN_METEO_URL: url,
  OPEN_METEO_AIR_QUALITY_URL: url,
  OPENWEATHERMAP_URL: url,
})

describe('weather-service', () => {
  it('answers 1,000 commands for one place on three replicas with one fetch', async () => {
    const providers = await openProviders()
    const world = await openWorld(envOf(providers))
    const replicas = await Promise.all(['a', 'b', 'c'].map((name) => world.start(name)))
    await world.ask(Array.from({ length: 1_000 }, () => oslo))
    await world.handled(replicas, 1_000)
    expect(providers.to('/v1/forecast')).toHaveLength(1)
    expect(providers.to('/v1/air-quality')).toHaveLength(1)
    expect(await world.values(weather)).toHaveLength(1)
    const value = await world.weatherOf(oslo)
    expect(value).toMatchObject({ provider: 'open-meteo', status: 'ok', reason: null })
    expect(value?.hourly.length).toBeGreaterThanOrEqual(24)
    expect(value?.daily.length).toBeGreaterThanOrEqual(5)
  })

  it('asks Open-Meteo without a key, in the zone of the place', async () => {
    const providers = await openProviders()
    const world = await openWorld({ ...envOf(providers), SIMULATED: 'true' })
    const replica = await world.start('a')
    await world.ask([oslo])
    await world.handled([replica], 1)
    const [call] = providers.to('/v1/forecast')
    expect(Object.fromEntries(call?.query ?? [])).toMatchObject({
      latitude: expect.stringMatching(/^59\.9/),
      timezone: 'Europe/Oslo',
      wind_speed_unit: 'kmh',
    })
    const [record] = await world.observer.read(weather.topic)
    expect(decodeMeta(record?.headers ?? {})).toMatchObject({
      source: 'open-meteo',
      simulated: true,
    })
    await until(async () => {
      expect(await world.source()).toMatchObject({
        ...{ service: 'weather-service', provider: 'open-meteo', state: 'ok', simulated: true },
        breaker: 'closed',
        lastSuccessAt: expect.any(Number),
      })
    })
  })

  it('asks OpenWeatherMap with a key, three calls a place', async () => {
    const providers = await openProviders()
    const world = await openWorld(envOf(providers))
    const replica = await world.start('a', { OPENWEATHERMAP_API_KEY: 'not-a-real-key' })
    await world.ask([oslo])
    await world.handled([replica], 1)
    expect(providers.calls.map(({ path }) => path).toSorted()).toEqual([
      '/data/2.5/air_pollution',
      '/data/2.5/forecast',
      '/data/2.5/weather',
    ])
    for (const { query } of providers.calls) expect(query.get('appid')).toBe('not-a-real-key')
    expect(await world.weatherOf(oslo)).toMatchObject({
      provider: 'openweathermap',
      current: { temperatureC: 14, windKph: 18 },
      airQuality: { openWeatherIndex: 2, usEpaIndex: null },
    })
  })

  it('works without the cache from the start, and uses it when it comes back', async () => {
    const providers = await openProviders()
    const world = await openWorld(envOf(providers))
    world.cache.setAway(true)
    const replica = await world.start('a')
    await world.ask([oslo, oslo, 'bergen-no'])
    await world.handled([replica], 3)
    expect(providers.to('/v1/forecast')).toHaveLength(2)
    world.cache.setAway(false)
    await world.ask(['trondheim-no'])
    await world.handled([replica], 4)
    expect(await world.cache.get('flux1:reply:open-meteo:trondheim-no')).toBeDefined()
  })

  it('passes over a place that does not exist', async () => {
    const providers = await openProviders()
    const world = await openWorld(envOf(providers))
    const replica = await world.start('a')
    await world.ask(['nowhere-at-all-xx', oslo])
    await world.handled([replica], 2)
    expect(providers.to('/v1/forecast')).toHaveLength(1)
    expect(await world.observer.read(deadLetterTopic)).toEqual([])
  })
})

describe('a replica that dies', () => {
  it.each([
    ['is cut off', 'cut'],
    ['is stopped', 'stop'],
  ] as const)('loses no command when it %s at work', async (_, how) => {
    const providers = await openProviders()
    const gate = Promise.withResolvers<void>()
    providers.answers(() => ({ after: gate.promise }))
    const world = await openWorld(envOf(providers))
    const first = await world.start('first')
    await world.ask([oslo, 'bergen-no', 'paris-fr', 'cairo-eg', 'lima-pe'])
    await until(() => expect(providers.busy()).toBeGreaterThan(0))
    const others = await Promise.all(['b', 'c'].map((name) => world.start(name)))
    if (how === 'stop') void first.stop()
    else first.cut()
    providers.answers(() => undefined)
    await until(async () => {
      const places = (await world.values(weather)).map(({ place }) => place.id)
      expect(places.toSorted()).toEqual(['bergen-no', 'cairo-eg', 'lima-pe', oslo, 'paris-fr'])
    })
    gate.resolve()
    for (const other of others) expect(other.exits()).toEqual([])
  })
})

describe('500 places at once', () => {
  it('are answered within the budget, none dropped, the later ones when they are asked for again', async () => {
    const clock = manualClock()
    const providers = await openProviders(clock)
    const world = await openWorld(envOf(providers), clock)
    const starting = ['a', 'b', 'c'].map((name) => world.start(name))
    const replicas = await Promise.all(starting)
    const wanted = createPlaces()
      .places.slice(0, 500)
      .map(({ id }) => id)

    /** Moves the clock on, and lets calls that are under way come to their end. */
    const pass = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 500) {
        await clock.advance(500)
        do for (let turns = 0; turns < 10; turns += 1) await turn()
        while (providers.busy() > 0)
      }
    }
    const missing = async () => {
      const answered = new Set((await world.values(weather)).map(({ place }) => place.id))
      return wanted.filter((id) => !answered.has(id))
    }

    await pass(1_000)
    let rounds = 0
    for (let left = wanted; left.length > 0 && rounds < 40; left = await missing()) {
      rounds += 1
      await world.ask(left, (rounds - 1) * 15_000)
      await pass(15_000)
    }
    expect(await missing()).toEqual([])
    expect(rounds).toBeGreaterThan(3)
    // A call comes a moment after it was paid for, and these clocks jump by half seconds.
    const windowMs = 58_000
    const times = providers.calls.map(({ at }) => at)
    const busiest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
    )
    expect(busiest).toBeGreaterThan(200)
    expect(busiest).toBeLessThanOrEqual(300)
    const places = providers.to('/v1/forecast').map(({ query }) => query.toString())
    expect([places.length, new Set(places).size]).toEqual([500, 500])
    const deferred = await Promise.all(
      replicas.map((one) => one.metric('flux_commands_total', { outcome: 'deferred' })),
    )
    expect(Math.max(...deferred)).toBeGreaterThan(0)
    expect(await world.observer.read(deadLetterTopic)).toEqual([])
    for (const replica of replicas) expect(replica.exits()).toEqual([])
  })
})
