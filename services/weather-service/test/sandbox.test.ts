import { weather } from '@flux/contracts'
import { createPlaces } from '@flux/places'
import { type FaultInput, startSandbox } from '@flux/sandbox'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openWorld } from './world.ts'

const providers = ['open-meteo', 'openweathermap'] as const

type Name = (typeof providers)[number]

/** One replica on the sandbox's provider. */
const open = async (name: Name) => {
  const sandbox = await startSandbox({ rate: 1 })
  onTestFinished(sandbox.close)
  const world = await openWorld({
    SIMULATED: 'true',
    OPEN_METEO_URL: `${sandbox.url}/open-meteo`,
    OPEN_METEO_AIR_QUALITY_URL: `${sandbox.url}/open-meteo`,
    OPENWEATHERMAP_URL: `${sandbox.url}/openweathermap`,
    ...(name === 'openweathermap' && { OPENWEATHERMAP_API_KEY: 'not-a-real-key' }),
    OPENWEATHERMAP_RATE: '1000',
  })
  const replica = await world.start('a')
  let sent = 0
  const ask = async (places: readonly string[]) => {
    sent += places.length
    await world.ask(places, 60_000)
    await world.handled([replica], sent)
  }
  return { sandbox, world, replica, ask }
}

describe.each(providers)('%s of the sandbox', (name) => {
  it('gives all parts for places all over the world, their instants and days right', async () => {
    const { world, replica, ask } = await open(name)
    const { places } = createPlaces()
    const ids = places.filter((_, index) => index % 400 === 0).map(({ id }) => id)
    await ask(ids)
    const values = await world.values(weather)
    expect(values.map(({ place }) => place.id).toSorted()).toEqual(ids.toSorted())
    for (const { place, status, current, hourly, daily, airQuality } of values) {
      const now = Date.now()
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: place.zone }).format(now)
      expect(status).toBe('ok')
      expect(Math.abs((current?.at ?? 0) - now), place.id).toBeLessThan(3_600_000)
      expect(current?.condition).not.toBe('unknown')
      expect(current?.windKph).not.toBeNull()
      expect(hourly.length, place.id).toBeGreaterThanOrEqual(8)
      expect(hourly.at(-1)?.at).toBeGreaterThan(now + 24 * 3_600_000)
      expect(daily.length, place.id).toBeGreaterThanOrEqual(5)
      // A forecast in steps of three hours may begin after midnight.
      expect((daily[0]?.date ?? '') >= today, place.id).toBe(true)
      expect(airQuality?.pm25UgM3).not.toBeNull()
    }
    expect(await replica.metric('flux_weather_parts_missing_total')).toBe(0)
  })

  it('answers each place once, however often it is asked for', async () => {
    const { world, ask } = await open(name)
    await ask(['oslo-no', 'oslo-no', 'cairo-eg'])
    const [north, south] = [await world.weatherOf('oslo-no'), await world.weatherOf('cairo-eg')]
    expect(north?.provider).toBe(name)
    expect(south?.current?.temperatureC).toBeGreaterThan(-10)
    expect(await world.values(weather)).toHaveLength(2)
  })

  const faults: readonly (readonly [FaultInput, 'failed' | 'ok'])[] = [
    [{ kind: 'status', status: 400, provider: name }, 'failed'],
    [{ kind: 'status', status: 401, provider: name }, 'failed'],
    [{ kind: 'status', status: 404, provider: name }, 'failed'],
    [{ kind: 'status', status: 429, retryAfterS: 60, provider: name }, 'failed'],
    [{ kind: 'status', status: 500, provider: name }, 'failed'],
    [{ kind: 'status', status: 503, provider: name }, 'failed'],
    [{ kind: 'malformed', provider: name }, 'failed'],
    [{ kind: 'html', provider: name }, 'failed'],
    [{ kind: 'cut', provider: name }, 'failed'],
    [{ kind: 'empty', provider: name }, 'failed'],
    [{ kind: 'error_object', provider: name }, 'failed'],
    [{ kind: 'slow', delayMs: 300, provider: name }, 'ok'],
  ]
  it.each(faults)('survives %j', async (fault, status) => {
    const { sandbox, world, replica, ask } = await open(name)
    sandbox.control.addFault(fault)
    await ask(['oslo-no'])
    expect(await world.weatherOf('oslo-no')).toMatchObject({ status })
    expect(replica.exits()).toEqual([])
    expect(JSON.stringify(replica.logged())).not.toContain('not-a-real-key')
  })
})
