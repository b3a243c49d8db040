import { cityNear } from './cities.ts'
import type { Spot } from './sphere.ts'

/** Within this distance a place has the time of its city, elsewhere that of its longitude. */
const withinKm = 100

/** An IANA time zone for a spot: that of a city near by, or whole hours by longitude (`Etc/GMT-1` is an hour ahead). */
export const zoneOf = (spot: Spot): string => {
  const city = cityNear(spot, withinKm)
  if (city) return city.zone
  const ahead = Math.round(spot.longitude / 15)
  if (ahead === 0) return 'Etc/GMT'
  // The names of these zones count westwards.
  return ahead > 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`
}

const zoneName = (zone: string, style: 'longOffset' | 'short', ms: number): string => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style })
  return format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
}

/** Is this the name of a time zone? */
export const isZone = (name: string): boolean => {
  try {
    zoneName(name, 'short', 0)
    return true
  } catch {
    return false
  }
}

/** Seconds that the zone's clocks are ahead of UTC at that moment. Throws RangeError for an unknown zone. */
export const offsetSeconds = (zone: string, ms: number): number => {
  const shown = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(zoneName(zone, 'longOffset', ms))
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] = shown ?? []
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? 0 - size : size
}

/** `CET`, `GMT+5:30` and the like. Throws RangeError for an unknown zone. */
export const abbreviation = (zone: string, ms: number): string => zoneName(zone, 'short', ms)
