/** Microseconds in a second, a minute and a day: the market counts time in whole microseconds since 1970. */
export const second = 1_000_000
export const minute = 60 * second
export const day = 1440 * minute

/** RFC 3339 in UTC with microseconds, as the exchange writes times. */
export const rfc3339 = (time: number): string => {
  const milliseconds = Math.floor(time / 1000)
  const rest = String(time - milliseconds * 1000).padStart(3, '0')
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`
}
