import { type AirQuality, airOf } from './air.ts'
import { normalTemperature, wetness } from './climate.ts'
import { dewPoint, feelsLike } from './comfort.ts'
import type { Conditions } from './conditions.ts'
import { clamp, ramp } from './round.ts'
import { degrees, radians, type Spot } from './sphere.ts'
import { type SunPosition, sunPosition } from './sun.ts'
import { createSystems, type Systems } from './systems.ts'

/** The weather of the whole globe at any time: the seed alone decides it, and it never jumps. */
export interface Weather {
  at(spot: Spot, ms: number): Conditions
  airAt(spot: Spot, ms: number): AirQuality
  /** Metres above the sea. */
  elevation(spot: Spot): number
}

/** What the parts of one moment's weather are made from. */
interface Moment {
  readonly systems: Systems
  readonly spot: Spot
  readonly ms: number
  readonly sun: SunPosition
  readonly wet: number
  /** 0 to 1: how much the sun warms the ground now. */
  readonly heating: number
  /** Metres above the sea. */
  readonly elevation: number
  /** Of the low (above 0) or the high around. */
  readonly depth: number
}

const elevationOf = (systems: Systems, spot: Spot): number =>
  5 + 900 * Math.max(0, systems.hills(spot, 0)) ** 2

/** How much more water the air holds than it can: above 0 clouds close, above `rainFrom` it rains. */
const saturationOf = ({ systems, spot, ms, wet, depth }: Moment): number =>
  1.1 * wet - 0.55 + 0.75 * depth + 0.55 * systems.moisture(spot, ms)

const rainFrom = 0.55

const layerCloud = (saturation: number): number =>
  clamp((1 / (1 + Math.exp(-3.2 * saturation)) - 0.05) / 0.9, 0, 1)

/** Difference to the day's mean in °C: warmest three hours after noon, little of it below clouds. */
const dailySwing = ({ sun, wet }: Moment, cloud: number): number => {
  const height = Math.max(0, Math.sin(radians(sun.noonElevation)))
  const swing = (1 + 6.5 * height) * (1.25 - 0.6 * wet) * (1 - 0.6 * cloud)
  return swing * Math.cos(radians(sun.hourAngle - 45))
}

const meanTemperature = ({ systems, spot, ms, elevation }: Moment): number => {
  const unrest = 1.7 + 3.6 * Math.sin(radians(spot.latitude)) ** 2
  const normal = normalTemperature(spot.latitude, ms) - 0.0065 * elevation
  return normal + unrest * systems.warmth(spot, ms)
}

const showersOf = ({ systems, spot, ms, wet, heating }: Moment, temperatureC: number): number => {
  const lift = wet - 1.05 + 0.6 * systems.lift(spot, ms) + 0.35 * heating
  return 14 * Math.max(0, lift) ** 1.5 * ramp(temperatureC, 3, 20)
}

/** So much of what falls, in mm an hour, evaporates on its way. */
const trace = 0.02

const fallOf = (moment: Moment, air: { saturation: number; temperatureC: number }) => {
  const steady = 6 * Math.max(0, air.saturation - rainFrom) ** 1.5
  const showers = showersOf(moment, air.temperatureC)
  const frozen = ramp(air.temperatureC, 1.5, -2.5)
  const arriving = (rate: number) => Math.max(0, rate - trace)
  return {
    rainMmH: arriving(steady * (1 - frozen)),
    showersMmH: arriving(showers * (1 - frozen)),
    snowMmH: arriving((steady + showers) * frozen),
  }
}

const windOf = ({ systems, spot, ms, heating }: Moment) => {
  const { east, north } = systems.wind(spot, ms)
  const raw = Math.hypot(east, north) * (0.75 + 0.3 * heating)
  // Nothing blows harder than a strong storm.
  const windMs = 38 * Math.tanh(raw / 38)
  return {
    windMs,
    gustMs: windMs * (1.45 + 0.3 * systems.gusts(spot, ms)),
    windFromDegrees: (degrees(Math.atan2(-east, -north)) + 360) % 360,
  }
}

interface Haze {
  readonly humidityPercent: number
  readonly windMs: number
  readonly rateMmH: number
  readonly snowMmH: number
}

/** Metres: haze with humidity, curtains of rain and snow, fog in still, wet air. */
const visibilityOf = (air: Haze): number => {
  const haze = Math.max(0, (air.humidityPercent - 70) / 30) ** 3
  const clear = (30_000 * Math.exp(-1.8 * haze)) / (1 + 0.5 * air.rateMmH + 3 * air.snowMmH)
  const dry = Math.exp(-10 * air.rateMmH)
  const fog = ramp(air.humidityPercent, 95, 99) * ramp(air.windMs, 3.5, 1.5) * dry
  return clear * (1 - fog) + 150 * fog
}

const humidityOf = (moment: Moment, air: { saturation: number; swing: number; rate: number }) => {
  const base = clamp(42 + 30 * moment.wet + 24 * air.saturation - 2.4 * air.swing, 6, 99)
  return base + (99 - base) * 0.8 * (1 - Math.exp(-0.9 * air.rate))
}

const uvOf = (sun: SunPosition, cloud: number): number =>
  12 * Math.max(0, Math.sin(radians(sun.elevation))) ** 1.6 * (1 - 0.65 * cloud)

const momentOf = (systems: Systems, spot: Spot, ms: number): Moment => {
  const sun = sunPosition(spot, ms)
  const wet = wetness(spot.latitude, ms)
  return {
    ...{ systems, spot, ms, sun, wet },
    heating: ramp(sun.elevation, -5, 50),
    elevation: elevationOf(systems, spot),
    depth: systems.depth(spot, ms),
  }
}

const conditionsOf = (moment: Moment): Conditions => {
  const { systems, spot, ms, sun, depth, elevation } = moment
  const saturation = saturationOf(moment)
  const layer = layerCloud(saturation)
  const swing = dailySwing(moment, layer)
  const temperatureC = meanTemperature(moment) + swing
  const fall = fallOf(moment, { saturation, temperatureC })
  const rate = fall.rainMmH + fall.showersMmH + fall.snowMmH
  const cloud = layer + (1 - layer) * (1 - Math.exp(-14 * rate))
  const wind = windOf(moment)
  const humidityPercent = humidityOf(moment, { saturation, swing, rate })
  const air = { temperatureC, humidityPercent, windMs: wind.windMs }
  const pressureSeaHpa = systems.pressure(spot, depth)
  const chance = ramp(saturation, -0.2, 0.75)
  return {
    ...{
      at: ms,
      isDay: sun.isDay,
      temperatureC,
      humidityPercent,
      pressureSeaHpa,
      ...wind,
      ...fall,
    },
    feelsLikeC: feelsLike(air),
    dewPointC: dewPoint(temperatureC, humidityPercent),
    pressureSurfaceHpa: pressureSeaHpa * Math.exp(-elevation / 8_400),
    cloudPercent: 100 * cloud,
    visibilityM: visibilityOf({ ...air, rateMmH: rate, snowMmH: fall.snowMmH }),
    precipitationChancePercent: 100 * (chance + (1 - chance) * (1 - Math.exp(-3 * rate))),
    uvIndex: uvOf(sun, cloud),
  }
}

/** The weather of a seed. Pure: the same question has the same answer at any time and in any order. */
export const createWeather = (seed: number): Weather => {
  const systems = createSystems(seed)
  const at = (spot: Spot, ms: number) => conditionsOf(momentOf(systems, spot, ms))
  return {
    at,
    airAt: (spot, ms) =>
      airOf(at(spot, ms), {
        traffic: (1 + systems.traffic(spot, ms)) / 2,
        hour: 12 + sunPosition(spot, ms).hourAngle / 15,
      }),
    elevation: (spot) => elevationOf(systems, spot),
  }
}
