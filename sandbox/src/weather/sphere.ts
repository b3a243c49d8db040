/** Where weather is asked for: degrees north and degrees east. */
export interface Spot {
  readonly latitude: number
  readonly longitude: number
}

/** A day, an hour and a minute in milliseconds. */
export const dayMs = 86_400_000
export const hourMs = 3_600_000
export const minuteMs = 60_000

/** Radians of degrees. */
export const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Degrees of radians. */
export const degrees = (angle: number): number => (angle * 180) / Math.PI

/** The same direction in [-180, 180). */
export const wrapped = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180

const earthRadiusKm = 6371

/** Great-circle distance in kilometres. */
export const distanceKm = (a: Spot, b: Spot): number => {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude))
  const h = half(a.latitude, b.latitude) + across * half(a.longitude, b.longitude)
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(h)))
}
