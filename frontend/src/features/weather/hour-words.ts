import { formatMinute } from '../../ui/format.ts'
import { formatDegrees, formatRain } from '../../ui/quantities.ts'
import type { UnitSystem } from '../../ui/units.ts'
import { conditionWords, type Hour } from './model.ts'

/** What is said of an hour of the forecast, each as text. */
export interface HourWords {
  /** By the place's own clock. */
  readonly time: string
  readonly degrees: string
  readonly sky: string
  readonly rain: string
}

const rainWords = (mm: number | null, units: UnitSystem): string => {
  if (mm === null) return 'rain unknown'
  if (mm === 0) return 'no rain'
  const { number, unit } = formatRain(mm, units)
  return `${number} ${unit} of rain or snow`
}

/** An hour of the forecast in words. */
export const hourWords = (hour: Hour, zone: string, units: UnitSystem): HourWords => ({
  time: formatMinute(hour.at, zone),
  degrees: formatDegrees(hour.temperatureC, units),
  sky: conditionWords(hour.condition),
  rain: rainWords(hour.precipitationMm, units),
})
