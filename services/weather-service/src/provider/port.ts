import type { Place } from '@flux/contracts'
import type { AirQuality, Current, Day, Hour } from '../values.ts'

/** What one fetch gives. A part that could not be had is `null`; without the weather of now there is no reading. */
export interface Reading {
  readonly current: Current
  readonly hourly: readonly Hour[] | null
  readonly daily: readonly Day[] | null
  readonly airQuality: AirQuality | null
}

/** The parts of a reading that may be missing. */
export const parts = ['forecast', 'air_quality'] as const

/** One of `parts`. */
export type Part = (typeof parts)[number]

/** Who knows the weather. */
export interface WeatherProvider {
  /** `open-meteo`; also the value's `provider` and the records' source. */
  readonly name: string
  /** Its name for people. */
  readonly title: string
  /** HTTP calls that one `fetch` makes. */
  readonly callsPerPlace: number
  /**
   * The weather of a place. Throws ProviderError: `no_data` (this place has none), `limited` and `key_refused` (no call
   * has a chance for now), those of `fetchJson`; the signal's reason when aborted.
   */
  fetch(place: Place, signal: AbortSignal): Promise<Reading>
}
