import type { conditions, ValueOf, weather } from '@flux/contracts'

/** The published value of a place. */
export type Weather = ValueOf<typeof weather>

/** What the sky does. */
export type Condition = (typeof conditions)[number]

/** The weather of now. */
export type Current = NonNullable<Weather['current']>

/** One step of the next hours. */
export type Hour = Weather['hourly'][number]

/** One day of the place's calendar. */
export type Day = Weather['daily'][number]

/** What is in the air. */
export type AirQuality = NonNullable<Weather['airQuality']>
