import { clientEvent, located, type Suggestion, suggestion } from '@flux/contracts'
import { isObject, refusalIn } from './ack.ts'
import { FluxClientError } from './errors.ts'
import type { SocketPort } from './socket.ts'
import { ackTimeoutMs } from './subscriptions.ts'
import type { HomePlace } from './user.ts'

/** Where the user is: the id of a place, a city's name, or coordinates in degrees. */
export type Location =
  | { readonly placeId: string }
  | { readonly city: string; readonly country?: string }
  | { readonly lat: number; readonly lon: number }

/** The server knows no such place; at most five may have been meant. */
export interface UnknownPlace {
  readonly suggestions: readonly Suggestion[]
}

const suggestionsOf = (answer: unknown): readonly Suggestion[] => {
  const all: unknown = isObject(answer) ? answer['suggestions'] : undefined
  return Array.isArray(all) ? all.flatMap((one) => suggestion.safeParse(one).data ?? []) : []
}

/** Tells the server where the user is. Throws FluxClientError: `offline`, `timeout`, `malformed` or its refusal. */
export const tellLocation = async (
  socket: SocketPort | undefined,
  location: Location,
): Promise<HomePlace | UnknownPlace> => {
  if (!socket) throw new FluxClientError('offline', 'There is no connection')
  const answer = await socket
    .emitWithAck(clientEvent.location, location, ackTimeoutMs)
    .catch(() => {
      throw new FluxClientError('timeout', 'No answer came')
    })
  const refusal = refusalIn(answer)
  if (refusal?.code === 'unknown_place') return { suggestions: suggestionsOf(answer) }
  if (refusal) throw new FluxClientError(refusal.code, refusal.message, refusal.retryAfterMs)
  const parsed = located.safeParse(answer)
  if (!parsed.success) throw new FluxClientError('malformed', 'The answer is no place')
  return { place: parsed.data.place, room: parsed.data.room }
}
