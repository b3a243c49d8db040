import * as z from 'zod/mini'
import { placeId } from './room.ts'
import { count, text } from './values.ts'

/** A canonical city. `country` is an ISO 3166 alpha-2 code, `zone` an IANA time zone. */
export const place = z.object({
  id: placeId,
  name: text(100),
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  zone: text(64),
})

/** A canonical city. */
export type Place = z.infer<typeof place>

/** A place as a search answers it: with what tells it from its namesakes. Records carry the plain `place`. */
export const placeDetails = z.extend(place, {
  /** State, province or county. */
  region: z.nullable(text(100)),
  population: z.nullable(count),
})

/** A place as a search answers it. */
export type PlaceDetails = z.infer<typeof placeDetails>
