import * as z from 'zod/mini'
import { place } from './place.ts'
import { placeId } from './room.ts'
import { count } from './values.ts'
import { weather } from './weather.ts'

/** Sizes of what a user keeps. */
export const userLimits = {
  /** Symbols and products on the watchlist. */
  watchlist: 100,
  /** Saved places. */
  places: 50,
} as const

/** What the server keeps of a user and tells all of his tabs, field by field. */
export const userFields = ['units', 'watchlist', 'places', 'home'] as const

/** A field of what the server keeps of a user. */
export type UserField = (typeof userFields)[number]

const units = z.enum(['metric', 'imperial'])
const watchlist = z
  .array(z.string().check(z.regex(/^[A-Z0-9][A-Z0-9.-]{0,19}$/)))
  .check(z.maxLength(userLimits.watchlist))
const places = z.array(placeId).check(z.maxLength(userLimits.places))

/** Milliseconds of the server's clock, and more than the field had before: the highest one wins. */
const ver = count

/** Sets a field. `home` is the id of a place, or null for none. */
export const userUpdateMessage = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('units'), value: units, ver }),
  z.strictObject({ field: z.literal('watchlist'), value: watchlist, ver }),
  z.strictObject({ field: z.literal('places'), value: places, ver }),
  z.strictObject({ field: z.literal('home'), value: z.nullable(placeId), ver }),
])

/** Sets a field. */
export type UserUpdate = z.infer<typeof userUpdateMessage>

/** A field as it is now. `home` is the whole place, so that it can be shown before there is weather. */
export const userStateMessage = z.discriminatedUnion('field', [
  z.object({ field: z.literal('units'), value: units, ver }),
  z.object({ field: z.literal('watchlist'), value: watchlist, ver }),
  z.object({ field: z.literal('places'), value: places, ver }),
  z.object({ field: z.literal('home'), value: z.nullable(place), ver }),
])

/** A field as it is now. */
export type UserState = z.infer<typeof userStateMessage>

/** The type of each field's value. */
export type UserValues = { [S in UserState as S['field']]: S['value'] }

/** The room that belongs to a place where a user is at home. */
export const homeRoom = (id: string): string => weather.roomOf(id)

/** What sets a field to a state. */
export const toUserUpdate = (state: UserState): UserUpdate =>
  state.field === 'home' ? { ...state, value: state.value?.id ?? null } : state

/**
 * True when `a` replaces `b`: its `ver` is higher, or its value comes later where they are equal, so that all who see
 * both keep the same one.
 */
export const isNewerUpdate = (a: UserUpdate, b: UserUpdate | undefined): boolean => {
  if (!b || a.ver !== b.ver) return !b || a.ver > b.ver
  return JSON.stringify(a.value) > JSON.stringify(b.value)
}
