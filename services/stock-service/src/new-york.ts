const dayMs = 86_400_000
const minuteMs = 60_000

const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

/** What clocks in New York show at `at`, as if that were UTC: only good for taking apart. */
const shownAt = (at: number): number => {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(
    ...([part('year'), part('month') - 1, part('day')] as const),
    ...([part('hour'), part('minute'), part('second')] as const),
  )
}

/** The calendar day in New York at `at` (epoch milliseconds), in days since 1970-01-01. */
export const newYorkDay = (at: number): number => Math.floor(shownAt(at) / dayMs)

/** Minutes since midnight on the clocks of New York. */
export const newYorkMinute = (at: number): number => Math.floor((shownAt(at) % dayMs) / minuteMs)

/** True on Monday to Friday. Day 0 was a Thursday. */
export const isWeekday = (day: number): boolean => ![0, 6].includes((((day + 4) % 7) + 7) % 7)

/** The epoch milliseconds at which clocks in New York show that minute of that day. */
export const newYorkTime = (day: number, minute: number): number => {
  const shown = day * dayMs + minute * minuteMs
  // The second step is right where the first guess lay on the other side of a change of the clocks.
  const guess = shown + (shown - shownAt(shown))
  return guess + (shown - shownAt(guess))
}
