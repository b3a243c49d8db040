import type { AirQuality } from './air.ts'

type Pollutant = Exclude<keyof AirQuality, 'at' | 'uvIndex'>
/** Concentrations in µg/m³ at which a scale's steps begin and the last one ends. */
type Steps = Readonly<Partial<Record<Pollutant, readonly number[]>>>

interface Scale {
  /** The index at each of the steps. */
  readonly index: readonly number[]
  readonly steps: Steps
}

/** US EPA; gases are given in ppb there and turned into µg/m³ here. */
const usScale: Scale = {
  index: [0, 50, 100, 150, 200, 300, 500],
  steps: {
    pm25: [0, 9, 35.4, 55.4, 125.4, 225.4, 325.4],
    pm10: [0, 54, 154, 254, 354, 424, 604],
    ozone: [0, 108, 139, 169, 208, 397, 794],
    nitrogenDioxide: [0, 101, 191, 686, 1241, 2382, 3917],
    sulphurDioxide: [0, 94, 201, 493, 810, 1608, 2671],
  },
}

/** European Environment Agency, continued linearly within each band. */
const europeanScale: Scale = {
  index: [0, 20, 40, 60, 80, 100, 120],
  steps: {
    pm25: [0, 10, 20, 25, 50, 75, 800],
    pm10: [0, 20, 40, 50, 100, 150, 1200],
    ozone: [0, 50, 100, 130, 240, 380, 800],
    nitrogenDioxide: [0, 40, 90, 120, 230, 340, 1000],
    sulphurDioxide: [0, 100, 200, 350, 500, 750, 1250],
  },
}

/** OpenWeatherMap: where the second to the fifth class begin. */
const openWeatherSteps: Steps = {
  sulphurDioxide: [20, 80, 250, 350],
  nitrogenDioxide: [40, 70, 150, 200],
  pm10: [20, 50, 100, 200],
  pm25: [10, 25, 50, 75],
  ozone: [60, 100, 140, 180],
  carbonMonoxide: [4400, 9400, 12_400, 15_400],
}

/** On the line through the steps around `value`; what is beyond the last step has the last index. */
const interpolate = (value: number, steps: readonly number[], index: readonly number[]): number => {
  const above = steps.findIndex((step) => step > value)
  if (above <= 0) return index[above === 0 ? 0 : index.length - 1] ?? 0
  const [low = 0, high = 1] = steps.slice(above - 1)
  const [from = 0, to = 0] = index.slice(above - 1)
  return from + ((value - low) / (high - low)) * (to - from)
}

const pollutants: readonly Pollutant[] = [
  ...(['pm25', 'pm10', 'ozone', 'nitrogenDioxide'] as const),
  ...(['nitrogenMonoxide', 'sulphurDioxide', 'carbonMonoxide', 'ammonia'] as const),
]

/** The worst of its pollutants is an air's index. */
const worst = (of: (pollutant: Pollutant) => number): number => Math.max(...pollutants.map(of))

const onScale = (air: AirQuality, { steps, index }: Scale): number =>
  worst((key) => interpolate(air[key], steps[key] ?? [0, Number.POSITIVE_INFINITY], index))

/** US EPA index, 0 to 500. */
export const usIndex = (air: AirQuality): number => onScale(air, usScale)

/** European index, 0 to 100 and above. */
export const europeanIndex = (air: AirQuality): number => onScale(air, europeanScale)

/** OpenWeatherMap's class, 1 good to 5 very poor. */
export const openWeatherIndex = (air: AirQuality): number =>
  worst((key) => 1 + (openWeatherSteps[key] ?? []).filter((step) => air[key] >= step).length)
