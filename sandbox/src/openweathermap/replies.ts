import type { AirQuality } from '../weather/air.ts'
import { openWeatherIndex } from '../weather/air-index.ts'
import { type City, nameOf } from '../weather/cities.ts'
import type { Conditions } from '../weather/conditions.ts'
import { round } from '../weather/round.ts'
import { hourMs, minuteMs, type Spot } from '../weather/sphere.ts'
import type { Weather } from '../weather/weather.ts'
import { weatherCodes } from './codes.ts'
import { Refusal } from './errors.ts'
import { fallOf, mainOf, visibilityOf, windOf } from './parts.ts'
import { citiesNamed, type Query, spotOf } from './query.ts'
import { coordOf, type Station, shiftOf, stationOf, sunOf } from './station.ts'

/** What the replies of one moment are made from. */
export interface Moment {
  readonly weather: Weather
  readonly seed: number
  /** Epoch milliseconds. */
  readonly now: number
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** The model is calculated anew so often. */
const updateMs = 10 * minuteMs
const lastUpdate = (now: number): number => now - (now % updateMs)

const systemOf = (spot: Spot, station: Station, at: number) => ({
  ...(station.number !== undefined && { type: 1, id: station.number }),
  ...(station.city && { country: station.city.country }),
  ...sunOf(spot, at),
})

const nameIn = (city: City | undefined, language: string): string =>
  city ? nameOf(city, language) : ''

/** `/data/2.5/weather`. Throws Refusal. */
export const currentReply = (query: Query, { weather, seed, now }: Moment) => {
  const spot = spotOf(query)
  const station = stationOf(spot, seed)
  const at = lastUpdate(now)
  const state = weather.at(spot, at)
  const view = { station, units: query.units }
  return {
    coord: coordOf(spot),
    weather: weatherCodes(state),
    base: 'stations',
    main: mainOf(state, view),
    ...(station.knowsVisibility && { visibility: visibilityOf(state) }),
    wind: windOf(state, view),
    ...fallOf(state, 1),
    clouds: { all: Math.round(state.cloudPercent) },
    dt: seconds(at),
    sys: systemOf(spot, station, at),
    timezone: shiftOf(spot, at),
    id: station.city?.id ?? 0,
    name: nameIn(station.city, query.lang),
    cod: 200,
  }
}

const stepMs = 3 * hourMs

const forecastEntry = (state: Conditions, view: { station: Station; units: Query['units'] }) => {
  // The model forecasts with all of its fields, whatever the station measures.
  const full = {
    ...view,
    station: { ...view.station, knowsDirection: true, knowsLevels: true, spreadC: 0 },
  }
  return {
    dt: seconds(state.at),
    main: { ...mainOf(state, full), temp_kf: 0 },
    weather: weatherCodes(state),
    clouds: { all: Math.round(state.cloudPercent) },
    wind: windOf(state, full),
    visibility: visibilityOf(state),
    pop: round(state.precipitationChancePercent / 100, 2),
    ...fallOf(state, 3),
    sys: { pod: state.isDay ? 'd' : 'n' },
    dt_txt: new Date(state.at).toISOString().slice(0, 19).replace('T', ' '),
  }
}

/** `/data/2.5/forecast`: every three hours for five days; here `cod` is text. Throws Refusal. */
export const forecastReply = (query: Query, { weather, seed, now }: Moment) => {
  const spot = spotOf(query)
  const station = stationOf(spot, seed)
  const first = now - (now % stepMs) + stepMs
  const view = { station, units: query.units }
  const list = Array.from({ length: query.cnt }, (_, i) =>
    forecastEntry(weather.at(spot, first + i * stepMs), view),
  )
  const { lat, lon } = coordOf(spot)
  return {
    ...{ cod: '200', message: 0, cnt: list.length, list },
    city: {
      id: station.city?.id ?? 0,
      name: nameIn(station.city, query.lang),
      coord: { lat, lon },
      country: station.city?.country ?? '',
      population: station.city?.population ?? 0,
      timezone: shiftOf(spot, now),
      ...sunOf(spot, now),
    },
  }
}

const componentsOf = (air: AirQuality) => ({
  co: round(air.carbonMonoxide, 2),
  no: round(air.nitrogenMonoxide, 2),
  no2: round(air.nitrogenDioxide, 2),
  o3: round(air.ozone, 2),
  so2: round(air.sulphurDioxide, 2),
  pm2_5: round(air.pm25, 2),
  pm10: round(air.pm10, 2),
  nh3: round(air.ammonia, 2),
})

/** `/data/2.5/air_pollution`: by coordinates alone, once an hour. Throws Refusal. */
export const airReply = (query: Query, { weather, now }: Moment) => {
  const spot = spotOf({ ...query, q: undefined, id: undefined, zip: undefined })
  const air = weather.airAt(spot, now - (now % hourMs))
  const entry = {
    main: { aqi: openWeatherIndex(air) },
    components: componentsOf(air),
    dt: seconds(air.at),
  }
  return { coord: coordOf(spot), list: [entry] }
}

/** `/geo/1.0/direct`: a list, empty when nothing is called so. Throws Refusal 400 without a name. */
export const geoReply = (query: Query) => {
  if (query.q === undefined || query.q.trim() === '') throw new Refusal(400)
  return citiesNamed(query.q)
    .slice(0, query.limit)
    .map((city) => ({
      name: city.name,
      ...(Object.keys(city.names).length > 0 && { local_names: { en: city.name, ...city.names } }),
      ...{ lat: city.latitude, lon: city.longitude, country: city.country },
      ...(city.region !== '' && { state: city.region }),
    }))
}
