/** A place's clock, as one offset for the whole reply. */
export interface LocalTime {
  readonly zone: string
  readonly abbreviation: string
  readonly offsetSeconds: number
  /** `2026-01-01T05:15` without an offset, or epoch seconds in UTC. */
  minute(ms: number): string | number
  /** `2026-01-01`, or epoch seconds of the day's begin. */
  date(ms: number): string | number
  /** Begin of the local day that holds `ms`. */
  dayStart(ms: number): number
}

/** Writes times as the request wants them. */
export const createLocalTime = (options: {
  readonly zone: string
  readonly abbreviation: string
  readonly offsetSeconds: number
  readonly format: 'iso8601' | 'unixtime'
}): LocalTime => {
  const { zone, abbreviation, offsetSeconds, format } = options
  const ahead = offsetSeconds * 1000
  const text = (ms: number, length: number) =>
    format === 'unixtime'
      ? Math.floor(ms / 1000)
      : new Date(ms + ahead).toISOString().slice(0, length)
  return {
    ...{ zone, abbreviation, offsetSeconds },
    minute: (ms) => text(ms, '2026-01-01T05:15'.length),
    date: (ms) => text(ms, '2026-01-01'.length),
    dayStart: (ms) => {
      const local = ms + ahead
      return local - (((local % 86_400_000) + 86_400_000) % 86_400_000) - ahead
    },
  }
}
