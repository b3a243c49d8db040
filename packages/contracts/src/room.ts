import * as z from 'zod/mini'

/** What the second half of a room's name may be. */
export type RoomPart = 'global' | 'canary' | 'place' | 'product' | 'user'

const parts: Readonly<Record<RoomPart, RegExp>> = {
  global: /^global$/,
  canary: /^canary$/,
  place: /^[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,8}$/,
  product: /^[A-Z0-9]{1,12}-[A-Z0-9]{2,6}$/,
  user: /^[A-Za-z0-9_-]{22}$/,
}

/** Longest room name that is looked at, in characters. */
export const maxRoomLength = 96

/** The rooms that a channel or the platform can produce: a domain and the kind of its second half. */
export interface RoomPattern {
  readonly domain: string
  readonly part: RoomPart
}

/** `{domain}.{part}`. */
export const roomName = (domain: string, part: string): string => `${domain}.${part}`

/** A guest's or user's own room: all of their tabs, on all replicas. Never subscribable. */
export const userRoom = (userId: string): string => roomName('user', userId)

/** Splits at the first dot; `undefined` for what is not a room name at all. */
export const parseRoom = (room: string): { domain: string; part: string } | undefined => {
  const dot = room.indexOf('.')
  if (dot < 1 || dot === room.length - 1 || room.length > maxRoomLength) return undefined
  return { domain: room.slice(0, dot), part: room.slice(dot + 1) }
}

/** True when the pattern can produce the room. */
export const matchesRoom = (pattern: RoomPattern, room: string): boolean => {
  const parsed = parseRoom(room)
  return parsed?.domain === pattern.domain && parts[pattern.part].test(parsed.part)
}

const socketIdLength = 20

/**
 * The name under which a room is joined at the Socket.IO adapter. The sharded Redis adapter takes a room of exactly
 * 20 characters for a socket id, so such a name gets a trailing dot, which no room name has.
 */
export const adapterRoom = (room: string): string =>
  room.length === socketIdLength ? `${room}.` : room

/** The room behind a name at the adapter. */
export const roomOfAdapter = (name: string): string =>
  name.length === socketIdLength + 1 && name.endsWith('.') ? name.slice(0, -1) : name

/** A place id: `oslo-no`. */
export const placeId = z.string().check(z.regex(parts.place))

/** A product of the exchange: `BTC-USD`. */
export const productId = z.string().check(z.regex(parts.product))

/** The id of a guest or user: 22 URL-safe characters. */
export const userId = z.string().check(z.regex(parts.user))
