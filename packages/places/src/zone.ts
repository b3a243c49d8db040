/** Tells the canonical name of a time zone; `undefined` for what is no time zone. */
export type CanonicalZone = (zone: string) => string | undefined

const resolve: CanonicalZone = (zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/**
 * Links such as `Asia/Kolkata` and `Asia/Calcutta` get one name, the one of this machine's Intl. A formatter costs a
 * millisecond, so the zones that Intl lists as canonical are looked up instead.
 */
export const createCanonicalZone = (): CanonicalZone => {
  const canonical = new Set(Intl.supportedValuesOf('timeZone'))
  return (zone) => (canonical.has(zone) ? zone : resolve(zone))
}
