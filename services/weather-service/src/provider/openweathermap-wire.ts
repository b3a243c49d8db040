import * as z from 'zod'

/** The first of the conditions is the one that counts. */
const conditions = z
  .array(z.object({ id: z.number(), icon: z.string().catch('') }))
  .catch([])
  .transform((list) => list[0])

/** Looked at where it is used; it may be absent. */
const anything = z.unknown().optional()

const loose = z.record(z.string(), z.unknown()).catch({})

/** Millimetres by span: `{"1h": 1.5}`; absent or null while nothing falls. */
const fall = z.record(z.string(), z.unknown()).nullish().catch(null)

const place = z.object({ sunrise: anything, sunset: anything }).catch({
  sunrise: null,
  sunset: null,
})

/** `/data/2.5/weather` with `units=metric`. */
export const weatherWire = z.object({
  weather: conditions,
  main: loose,
  visibility: anything,
  wind: loose,
  clouds: loose,
  rain: fall,
  snow: fall,
  dt: z.number(),
  sys: place,
})

/** One step of three hours of `/data/2.5/forecast`; `pop` is a share of 1. */
export const stepWire = z.object({
  dt: z.number(),
  main: loose,
  weather: conditions,
  wind: loose,
  pop: anything,
  rain: fall,
  snow: fall,
})

/** One step of the forecast. */
export type StepWire = z.infer<typeof stepWire>

/** `/data/2.5/forecast`; its steps are checked one by one. `timezone` is the shift from UTC in seconds. */
export const forecastWire = z.object({
  list: z.array(z.unknown()),
  city: z.object({
    timezone: z.number().min(-86_400).max(86_400),
    sunrise: anything,
    sunset: anything,
  }),
})

/** `/data/2.5/air_pollution`. */
export const airWire = z.object({
  list: z.array(z.object({ dt: z.number(), main: loose, components: loose })).min(1),
})

/** `cod` is a number for some statuses and text for others. */
const fault = z.object({
  cod: z.union([z.number(), z.string()]).transform(Number),
  message: anything,
})

/** The status and words of a body that says it is none of success; `undefined` for a good one. */
export const faultIn = (body: unknown): { status: number; words: string } | undefined => {
  const parsed = fault.safeParse(body)
  if (!parsed.success || parsed.data.cod === 200 || !Number.isInteger(parsed.data.cod)) {
    return undefined
  }
  return { status: parsed.data.cod, words: String(parsed.data.message) }
}
