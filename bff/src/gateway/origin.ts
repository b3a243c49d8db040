/**
 * True when a browser on this origin may connect. CORS does not protect WebSocket, so this does. A request without an
 * `Origin` does not come from a browser's page. With no list, only the host that the request itself names is allowed.
 */
export const isOriginAllowed = (
  request: { origin: string | undefined; host: string | undefined },
  allowed: readonly string[],
): boolean => {
  const { origin, host } = request
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  if (allowed.length > 0) return allowed.includes(new URL(origin).origin)
  return new URL(origin).host === host
}
