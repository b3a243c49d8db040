import type { ConnectRefusal } from '@flux/contracts'
import { isObject, isRefusalCode } from './ack.ts'

/** The refusal that a handshake's error carries; empty when it carries none, as when nobody is there. */
export const refusalOf = (error: unknown): Partial<ConnectRefusal> => {
  const data = isObject(error) ? error['data'] : undefined
  if (!isObject(data)) return {}
  const { code, retryAsGuest, retryAfterMs } = data
  return {
    ...(isRefusalCode(code) && { code }),
    ...(retryAsGuest === true && { retryAsGuest }),
    ...(typeof retryAfterMs === 'number' && retryAfterMs > 0 && { retryAfterMs }),
  }
}
