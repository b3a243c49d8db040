import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/index.ts'
import { request, startAt, startManual } from './support.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startManual()
})
afterEach(() => void sandbox.control.clearFaults())
afterAll(() => sandbox.close())

const oslo = 'latitude=59.91&longitude=10.75'
const path = (query: string, api = 'forecast') => `/open-meteo/v1/${api}?${query}`
const get = (query: string, api?: string) => request(sandbox, path(query, api))
const body = async (query: string, api?: string) => (await get(query, api)).json()
const reason = async (query: string, api?: string) => {
  const reply = await get(query, api)
  const { error, reason: text } = reply.json()
  expect([reply.status, error]).toEqual([400, true])
  return text
}

const currentNames =
  'temperature_2m,relative_humidity_2m,apparent_temperature,is_day,precipitation,rain,showers,snowfall,weather_code,cloud_cover,pressure_msl,surface_pressure,wind_speed_10m,wind_direction_10m,wind_gusts_10m'

describe('the current weather', () => {
  it('has a value and a unit for every variable, in the order of the request', async () => {
    const reply = await body(`${oslo}&current=${currentNames}&timezone=auto`)
    const keys = ['time', 'interval', ...currentNames.split(',')]
    expect(Object.keys(reply.current)).toEqual(keys)
    expect(Object.keys(reply.current_units)).toEqual(keys)
    expect(reply.current_units).toMatchObject({ wind_speed_10m: 'km/h', snowfall: 'cm' })
    // The sandbox begins at midnight UTC, which is one in the morning in Oslo.
    expect(reply).toMatchObject({ timezone: 'Europe/Oslo', utc_offset_seconds: 3600 })
    expect(reply.current).toMatchObject({ time: '2026-01-01T01:00', interval: 900, is_day: 0 })
  })

  it('is told in other units when asked', async () => {
    const names = 'temperature_2m,wind_speed_10m'
    const plain = (await body(`${oslo}&current=${names}`)).current
    const query = 'wind_speed_unit=ms&temperature_unit=fahrenheit&timeformat=unixtime'
    const other = await body(`${oslo}&current=${names}&${query}`)
    expect(other.current_units).toMatchObject({ temperature_2m: '°F', wind_speed_10m: 'm/s' })
    expect(other.current.wind_speed_10m).toBeCloseTo(plain.wind_speed_10m / 3.6, 1)
    expect(other.current.temperature_2m).toBeCloseTo(plain.temperature_2m * 1.8 + 32, 0)
    expect(other.current.time).toBe(startAt / 1000)
  })

  it('echoes a grid point, not what was sent', async () => {
    const reply = await body('latitude=52.5131&longitude=13.4059')
    expect(reply.latitude).not.toBe(52.5131)
    expect(reply.latitude).toBeCloseTo(52.5131, 1)
    expect(reply.longitude).toBeCloseTo(13.4059, 1)
    expect(reply).toMatchObject({ timezone: 'GMT', timezone_abbreviation: 'GMT' })
  })

  it('answers many coordinates with a list', async () => {
    const list = await body('latitude=59.91,30.06&longitude=10.75,31.25&current=temperature_2m')
    expect(list).toHaveLength(2)
    expect(list[1].location_id).toBe(1)
    expect(list[0].current.temperature_2m).toBeLessThan(list[1].current.temperature_2m)
  })
})

describe('the forecast', () => {
  it('has whole local days by the hour', async () => {
    const reply = await body(`${oslo}&hourly=temperature_2m&timezone=Asia/Kolkata&forecast_days=2`)
    expect(reply.utc_offset_seconds).toBe(19_800)
    expect(reply.hourly.time).toHaveLength(48)
    expect(reply.hourly.time[0]).toBe('2026-01-01T00:00')
    expect(reply.hourly.temperature_2m).toHaveLength(48)
  })

  it('starts with the current hour when hours are asked for', async () => {
    const reply = await body(`${oslo}&hourly=temperature_2m&timezone=auto&forecast_hours=48`)
    expect([reply.hourly.time[0], reply.hourly.time.length]).toEqual(['2026-01-01T01:00', 48])
  })

  it('lacks a value now and then, always the same one', async () => {
    const query = `${oslo}&hourly=temperature_2m,precipitation,weather_code&forecast_days=16`
    const first = (await body(query)).hourly
    const values = [...first.temperature_2m, ...first.precipitation, ...first.weather_code]
    const missing = values.filter((value) => value === null).length
    expect(missing).toBeGreaterThan(0)
    expect(missing).toBeLessThan(values.length / 50)
    expect((await body(query)).hourly).toEqual(first)
  })

  it('has days that agree with their hours', async () => {
    const names = 'temperature_2m_max,temperature_2m_min,sunrise,sunset,weather_code'
    const query = `hourly=temperature_2m&daily=${names}&timezone=auto`
    const { daily, hourly } = await body(`${oslo}&${query}`)
    expect(daily.time).toHaveLength(7)
    expect(daily.time[0]).toBe('2026-01-01')
    expect(daily.sunrise[0]).toMatch(/^2026-01-01T09:\d\d$/)
    expect(daily.sunset[0]).toMatch(/^2026-01-01T15:\d\d$/)
    const day = hourly.temperature_2m.slice(0, 24).filter((t: number | null) => t !== null)
    if (day.length === 24) expect(daily.temperature_2m_max[0]).toBe(Math.max(...day))
  })

  it('gives the polar night no length, and the polar day all of it', async () => {
    const names = 'sunrise,sunset,daylight_duration'
    const query = `daily=${names}&timezone=GMT&forecast_days=1`
    const night = (await body(`latitude=78&longitude=15&${query}`)).daily
    expect(night.sunrise).toEqual(night.sunset)
    expect(night.daylight_duration).toEqual([0])
    const day = (await body(`latitude=-78&longitude=15&${query}`)).daily
    expect([day.sunrise, day.sunset]).toEqual([['2026-01-01T00:00'], ['2026-01-02T00:00']])
  })

  it('refuses with a reason', async () => {
    expect(await reason('longitude=3')).toContain('same number of elements')
    expect(await reason('')).toContain('must not be empty')
    expect(await reason('latitude=91&longitude=3')).toContain('range of -90 to 90')
    expect(await reason('latitude=x&longitude=3')).toContain('not a number')
    expect(await reason(`${oslo}&current=no_such`)).toContain('no_such')
    expect(await reason(`${oslo}&hourly=constructor`)).toContain('constructor')
    expect(await reason(`${oslo}&daily=sunrise`)).toBe('Timezone is required')
    expect(await reason(`${oslo}&timezone=Mars/Olympus`)).toBe('Invalid timezone')
    expect(await reason(`${oslo}&forecast_days=17`)).toContain('Allowed range 0 to 16')
    expect(await reason(`${oslo}&wind_speed_unit=knots`)).toContain('knots')
    expect((await get('', 'nothing')).json()).toEqual({ error: true, reason: 'Not Found' })
  })
})

describe('the air quality', () => {
  it('is hourly, in micrograms and on both scales', async () => {
    const names = 'european_aqi,us_aqi,pm10,pm2_5,carbon_monoxide,nitrogen_dioxide,ozone'
    const reply = await body(`${oslo}&current=${names}&hourly=pm10`, 'air-quality')
    expect(reply.current.interval).toBe(3600)
    expect(reply.current_units.pm10).toBe('μg/m³')
    expect(reply.current.pm2_5).toBeLessThan(reply.current.pm10)
    expect(Number.isInteger(reply.current.us_aqi)).toBe(true)
    expect(reply.hourly.time).toHaveLength(5 * 24)
  })
})

describe('the geocoding', () => {
  it('finds the beginning of a name, the largest first', async () => {
    const { results } = await body('name=par&count=5', 'search')
    expect(results.map((r: { name: string; country_code: string }) => r.country_code)).toEqual([
      'FR',
      'US',
    ])
    expect(results[0]).toMatchObject({ name: 'Paris', timezone: 'Europe/Paris', country: 'France' })
  })

  it('has no results at all when nothing matches', async () => {
    for (const name of ['Atlantis', 'x', '']) {
      const reply = await body(`name=${name}`, 'search')
      expect(Object.keys(reply)).toEqual(['generationtime_ms'])
    }
    expect(await reason('count=5', 'search')).toContain("'name'")
    expect(await reason('name=Oslo&count=500', 'search')).toContain('between 1 and 100')
  })
})

describe('the faults', () => {
  it('come as Open-Meteo tells them', async () => {
    const add = (fault: { status: number; body?: unknown }) =>
      sandbox.control.addFault({ kind: 'status', provider: 'open-meteo', count: 1, ...fault })
    add({ status: 429 })
    const limited = await get(oslo)
    expect(limited.status).toBe(429)
    expect(limited.json()).toMatchObject({ error: true })
    expect(limited.json().reason).toContain('request limit exceeded')
    add({ status: 503 })
    expect((await get(oslo)).json().reason).toBe('The service is overloaded')
    add({ status: 400 })
    expect(await reason(oslo)).toBe('No data is available for this location')
    sandbox.control.addFault({ kind: 'malformed', provider: 'open-meteo', count: 1 })
    expect((await get(oslo)).json).toThrow(SyntaxError)
    sandbox.control.addFault({
      ...{ kind: 'status', provider: 'open-meteo', status: 503 },
      path: '/v1/air-quality',
    })
    expect((await get(oslo, 'air-quality')).status).toBe(503)
    expect((await get(oslo)).status).toBe(200)
  })
})

// biome-ignore lint/style/noProcessEnv: the folder of recordings is given to the test run by name
const given = env['FLUX_PROVIDER_DATA'] ?? ''
const folder = join(given, 'open-meteo')
const isGiven = given !== '' && existsSync(folder)
const recorded = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe.skipIf(!isGiven)('recorded replies', () => {
  const shapeOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
      : typeof value

  it('have the fields, types and units of the current weather and the air quality', async () => {
    const weather = recorded('current-berlin-2024-08-10.json')
    const berlin = 'latitude=52.52&longitude=13.41'
    const ours = await body(`${berlin}&current=temperature_2m`)
    expect(shapeOf(ours)).toEqual(shapeOf(weather))
    expect(ours.current_units).toEqual(weather.current_units)
    const air = recorded('air-quality-berlin.json')
    const ourAir = await body(`${berlin}&current=uv_index,ozone`, 'air-quality')
    expect(shapeOf(ourAir)).toEqual(shapeOf(air))
    expect(ourAir.current_units).toEqual(air.current_units)
    expect(ours.longitude).toBeCloseTo(weather.longitude, 5)
  })

  it('have the fields of the geocoding and of errors', async () => {
    const results: Record<string, unknown>[] = recorded('geocoding-enschede.json').results
    const [ours] = (await body('name=Munich', 'search')).results
    const names = Object.keys(ours)
    for (const name of names) expect(Object.keys(results[0] ?? {})).toContain(name)
    expect(Object.keys(results[1] ?? {}).filter((name) => !names.includes(name))).toEqual([
      'admin2_id',
      'admin2',
    ])
    expect(Object.keys(await body('name=Atlantis', 'search'))).toEqual(
      Object.keys(recorded('geocoding-empty.json')),
    )
    const lines = readFileSync(join(folder, 'errors.jsonl'), 'utf8').trim().split('\n')
    const error = (await get('')).json()
    for (const line of lines) expect(Object.keys(JSON.parse(line))).toEqual(Object.keys(error))
  })
})
