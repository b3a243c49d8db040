/**
 * Epoch milliseconds of `2026-07-08T15:15`, the clock of a place that is `offsetSeconds` ahead of UTC; `null` for
 * anything else. One offset holds for a whole reply, also across a change of the clocks.
 */
export const localTime = (text: unknown, offsetSeconds: number): number | null => {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null
  const asUtc = Date.parse(`${text}Z`)
  return Number.isNaN(asUtc) ? null : asUtc - offsetSeconds * 1_000
}

/** A day of a calendar, `null` for what is none. */
export const calendarDay = (text: unknown): string | null =>
  typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : null
