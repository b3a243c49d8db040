import { type Entry, type RefusalCode, refusalCodes } from '@flux/contracts'

/** The server has refused a message. */
export interface AckRefusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
  readonly retryAfterMs?: number
}

/** True for one of the codes that the protocol knows. */
export const isRefusalCode = (value: unknown): value is RefusalCode =>
  refusalCodes.some((known) => known === value)

/** True for something that has properties. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The refusal in an acknowledgement, or `undefined` when it is none. */
export const refusalIn = (answer: unknown): AckRefusal | undefined => {
  if (!isObject(answer) || answer['ok'] !== false || !isRefusalCode(answer['code']))
    return undefined
  const { message, retryAfterMs } = answer
  return {
    ok: false,
    code: answer['code'],
    message: typeof message === 'string' ? message : answer['code'],
    ...(typeof retryAfterMs === 'number' && { retryAfterMs: Math.max(0, retryAfterMs) }),
  }
}

/** The rooms that an acknowledgement of `subscribe` confirms, or `undefined` when it confirms nothing. */
export const confirmedRooms = (answer: unknown): readonly string[] | undefined => {
  if (!isObject(answer) || answer['ok'] !== true || !Array.isArray(answer['rooms']))
    return undefined
  return answer['rooms'].filter((room) => typeof room === 'string')
}

/** True for what has the envelope of a record. Cheap, because every live record goes through it. */
export const isEntry = (raw: unknown): raw is Entry =>
  isObject(raw) &&
  typeof raw['k'] === 'string' &&
  typeof raw['t'] === 'number' &&
  typeof raw['v'] === 'number' &&
  raw['d'] !== undefined &&
  isPosition(raw['p'])

const isPosition = (raw: unknown): boolean =>
  Array.isArray(raw) &&
  raw.length === 2 &&
  (typeof raw[0] === 'number' || typeof raw[0] === 'string') &&
  typeof raw[1] === 'number'
