/** A `Retry-After` header as milliseconds from `now`: seconds or an HTTP date; `undefined` when it is neither. */
export const parseRetryAfter = (
  header: string | null | undefined,
  now: number,
): number | undefined => {
  const text = header?.trim()
  if (!text) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
