import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/index.ts'
import { sunTimes } from '../src/weather/sun.ts'
import { request, startAt, startManual } from './support.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startManual()
})
afterEach(() => void sandbox.control.clearFaults())
afterAll(() => sandbox.close())

const prefix = '/openweathermap'
const get = (path: string) => request(sandbox, prefix + path)
const data = (name: string, query: string) => get(`/data/2.5/${name}?appid=key&${query}`)
const body = async (name: string, query: string) => (await data(name, query)).json()
const oslo = 'lat=59.91&lon=10.75'

/** Replies from places far apart: together they show every optional field. */
const many = async () => {
  const spots = Array.from({ length: 60 }, (_, i) => `lat=${65 - 2 * i}&lon=${6 * i - 180}`)
  return Promise.all(spots.map((spot) => body('weather', `${spot}&units=metric`)))
}

describe('the current weather', () => {
  it('is in kelvin unless other units are asked for', async () => {
    const kelvin = await body('weather', oslo)
    const metric = await body('weather', `${oslo}&units=metric`)
    const imperial = await body('weather', `${oslo}&units=imperial`)
    expect(kelvin.main.temp).toBeCloseTo(metric.main.temp + 273.15, 1)
    expect(imperial.main.temp).toBeCloseTo(metric.main.temp * 1.8 + 32, 1)
    expect(imperial.wind.speed).toBeCloseTo(metric.wind.speed * 2.23694, 1)
    expect(imperial.visibility).toBe(metric.visibility)
  })

  it('is updated every ten minutes', async () => {
    const first = await body('weather', oslo)
    expect(first.dt % 600).toBe(0)
    expect(first.dt).toBe(startAt / 1000)
    expect(await body('weather', oslo)).toEqual(first)
  })

  it('names the city in the language asked for, and none at sea', async () => {
    const city = await body('weather', 'q=Munich,DE&lang=de')
    expect(city).toMatchObject({ name: 'München', cod: 200, timezone: 3600 })
    expect((await body('weather', `id=${city.id}`)).coord).toEqual(city.coord)
    const sea = await body('weather', 'lat=0&lon=-30')
    expect([sea.name, sea.id, sea.sys.country]).toEqual(['', 0, undefined])
  })

  it('leaves out what is not known or does not fall', async () => {
    const replies = await many()
    const share = (has: (reply: Record<string, object>) => boolean) =>
      replies.filter(has).length / replies.length
    for (const part of [
      share((reply) => 'rain' in reply || 'snow' in reply),
      share((reply) => 'visibility' in reply),
      share((reply) => 'deg' in (reply['wind'] ?? {})),
      share((reply) => 'sea_level' in (reply['main'] ?? {})),
    ]) {
      expect(part).toBeGreaterThan(0)
      expect(part).toBeLessThan(1)
    }
    for (const reply of replies) {
      expect(reply.visibility ?? 0).toBeLessThanOrEqual(10_000)
      if (reply.rain) expect(reply.rain['1h']).toBeGreaterThanOrEqual(0.1)
      if (reply.rain) expect(reply.clouds.all).toBeGreaterThan(60)
    }
  })

  it('has one time for sunrise and sunset in the polar night', async () => {
    const { sys } = await body('weather', 'lat=78&lon=15')
    expect(sys.sunrise).toBe(sys.sunset)
  })

  it('agrees with Open-Meteo', async () => {
    const { main, wind, clouds } = await body('weather', `${oslo}&units=metric`)
    const names = 'temperature_2m,pressure_msl,relative_humidity_2m,wind_speed_10m,cloud_cover'
    const query = `latitude=59.91&longitude=10.75&current=${names}&wind_speed_unit=ms`
    const { current } = (await request(sandbox, `/open-meteo/v1/forecast?${query}`)).json()
    expect(current.temperature_2m).toBeCloseTo(main.temp, 0)
    expect(Math.round(current.pressure_msl)).toBe(main.pressure)
    expect(current.relative_humidity_2m).toBe(main.humidity)
    expect(current.wind_speed_10m).toBe(wind.speed)
    expect(current.cloud_cover).toBe(clouds.all)
  })
})

describe('the forecast', () => {
  it('has forty steps of three hours, its cod being text', async () => {
    const reply = await body('forecast', `${oslo}&units=metric`)
    expect(reply).toMatchObject({ cod: '200', cnt: 40, city: { name: 'Oslo', country: 'NO' } })
    expect(reply.list).toHaveLength(40)
    expect(reply.list[0]).toMatchObject({ dt: startAt / 1000 + 10_800 })
    expect(reply.list[0].dt_txt).toBe('2026-01-01 03:00:00')
    for (const entry of reply.list) {
      expect(entry.pop).toBeGreaterThanOrEqual(0)
      expect(entry.pop).toBeLessThanOrEqual(1)
      expect(['d', 'n']).toContain(entry.sys.pod)
      expect(Object.keys(entry.rain ?? { '3h': 0 })).toEqual(['3h'])
    }
    expect((await body('forecast', `${oslo}&cnt=3`)).list).toHaveLength(3)
  })
})

describe('the air pollution', () => {
  it('is a list of one, by coordinates alone', async () => {
    const reply = await body('air_pollution', 'lat=45.46423&lon=9.18998')
    expect(reply.coord).toEqual({ lon: 9.19, lat: 45.4642 })
    expect(reply.list).toHaveLength(1)
    expect([1, 2, 3, 4, 5]).toContain(reply.list[0].main.aqi)
    expect((await data('air_pollution', 'q=Oslo')).status).toBe(400)
  })
})

describe('the geocoding', () => {
  it('finds a city by name and country, and nothing is an empty list', async () => {
    const find = async (query: string) => (await get(`/geo/1.0/direct?appid=key&${query}`)).json()
    expect(await find('q=Paris&limit=5')).toHaveLength(2)
    expect(await find('q=Paris')).toHaveLength(1)
    expect(await find('q=Paris,US&limit=5')).toMatchObject([{ country: 'US', state: 'Texas' }])
    expect(await find('q=Atlantis')).toEqual([])
    expect(await find('')).toMatchObject({ cod: '400' })
  })
})

describe('what is refused', () => {
  it('has a cod that is a number or text, as with the real one', async () => {
    const refused = async (path: string) => {
      const reply = await get(path)
      const { cod, message } = reply.json()
      expect(message).toBeTypeOf('string')
      return [reply.status, cod]
    }
    expect(await refused(`/data/2.5/weather?${oslo}`)).toEqual([401, 401])
    expect(await refused(`/data/2.5/air_pollution?${oslo}&appid=`)).toEqual([401, 401])
    expect(await refused(`/data/2.5/weather?${oslo}&appid=invalid`)).toEqual([401, 401])
    const key = '/data/2.5/weather?appid=key'
    expect(await refused(`${key}&q=Atlantis`)).toEqual([404, '404'])
    expect(await refused(`${key}&zip=0150,no`)).toEqual([404, '404'])
    expect(await refused(key)).toEqual([400, '400'])
    expect(await refused(`${key}&lat=91&lon=0`)).toEqual([400, '400'])
    expect(await refused(`${key}&lat=&lon=0`)).toEqual([400, '400'])
    expect(await refused('/data/9/nothing')).toEqual([404, '404'])
  })

  it('is what faults ask for', async () => {
    const add = (status: number) =>
      sandbox.control.addFault({ kind: 'status', provider: 'openweathermap', count: 1, status })
    for (const [status, cod] of [
      [429, 429],
      [401, 401],
      [404, '404'],
      [500, '500'],
    ] as const) {
      add(status)
      const reply = await data('weather', oslo)
      expect([reply.status, reply.json().cod]).toEqual([status, cod])
    }
    const fields = ['main']
    sandbox.control.addFault({ kind: 'nulls', provider: 'openweathermap', count: 1, fields })
    expect((await body('weather', oslo)).main).toBeNull()
    expect((await data('weather', oslo)).status).toBe(200)
  })
})

// biome-ignore lint/style/noProcessEnv: the folder of recordings is given to the test run by name
const given = env['FLUX_PROVIDER_DATA'] ?? ''
const folder = join(given, 'openweathermap')
const isGiven = given !== '' && existsSync(folder)
const files = (start: string) =>
  (isGiven ? readdirSync(folder) : [])
    .filter((name) => name.startsWith(start))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))

/** Every leaf's path and type: `main.temp number`, `weather.id number`. */
const leaves = (value: unknown, path = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path))
  if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`]
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === '' ? key : `${path}.${key}`),
  )
}

describe.skipIf(!isGiven)('recorded replies', () => {
  it('have no field that the sandbox does not send, nor another type', async () => {
    const replies = await many()
    const rainy = replies.find((reply) => reply.rain !== undefined)
    expect(rainy).toBeDefined()
    const sent = new Set([...replies, await body('weather', oslo)].flatMap((r) => leaves(r)))
    const recorded = files('weather_').flatMap((exchange) => leaves(exchange.body))
    expect(recorded.length).toBeGreaterThan(50)
    expect(recorded.filter((leaf) => !sent.has(leaf))).toEqual([])
    const air = new Set(leaves(await body('air_pollution', oslo)))
    for (const reply of files('air_pollution')) expect(new Set(leaves(reply))).toEqual(air)
  })

  it('have errors with the same types', async () => {
    const error = async (path: string) => leaves((await get(path)).json())
    const [unauthorized] = files('401')
    const [notFound] = files('404')
    const [limited] = files('429')
    expect(await error('/data/2.5/weather')).toEqual(leaves(unauthorized))
    expect(await error('/data/2.5/weather?appid=key&q=Atlantis')).toEqual(leaves(notFound))
    const provider = 'openweathermap'
    sandbox.control.addFault({ kind: 'status', status: 429, provider, count: 1 })
    expect(await error('/data/2.5/weather?appid=key')).toEqual(leaves(limited))
  })

  it('have the sunrise and sunset that the sandbox works out, to two minutes', () => {
    const exchanges = files('weather_')
    expect(exchanges.length).toBeGreaterThan(0)
    for (const { body: reply } of exchanges) {
      const spot = { latitude: reply.coord.lat, longitude: reply.coord.lon }
      const middle = 500 * (reply.sys.sunrise + reply.sys.sunset)
      const sun = sunTimes(spot, middle)
      if (sun.kind !== 'rises') throw new Error(sun.kind)
      expect(Math.abs(sun.rise / 1000 - reply.sys.sunrise)).toBeLessThan(120)
      expect(Math.abs(sun.set / 1000 - reply.sys.sunset)).toBeLessThan(120)
    }
  })
})
