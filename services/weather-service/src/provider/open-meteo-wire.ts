import * as z from 'zod'

const units = z.record(z.string(), z.unknown()).catch({})
const columns = z.record(z.string(), z.unknown()).optional().catch(undefined)

/** A reply of Open-Meteo: `hourly` and `daily` are columns of one length that may have holes. */
export const replyWire = z.object({
  utc_offset_seconds: z.number().int().min(-86_400).max(86_400),
  current_units: units,
  hourly_units: units,
  current: z.record(z.string(), z.unknown()),
  hourly: columns,
  daily: columns,
})

/** A reply of Open-Meteo. */
export type ReplyWire = z.infer<typeof replyWire>

/** Reads the value of a column in one row. */
export type Row = (column: string) => unknown

/** The rows of a table that came as columns; none when it did not come. */
export const rowsOf = (table: Readonly<Record<string, unknown>> | undefined): readonly Row[] => {
  const cell = (column: string, index: number): unknown => {
    const list: unknown = table?.[column]
    return Array.isArray(list) ? list[index] : undefined
  }
  const times: unknown = table?.['time']
  const count = Array.isArray(times) ? Math.min(times.length, 1_000) : 0
  return Array.from({ length: count }, (_, index) => (column) => cell(column, index))
}

/** km/h of one of the unit that a reply names; `undefined` for one that we do not know. */
export const kphPer = (unit: unknown): number | undefined =>
  new Map([
    ['km/h', 1],
    ['m/s', 3.6],
    ['mp/h', 1.609344],
    ['kn', 1.852],
  ]).get(String(unit))

const fault = z.object({ error: z.literal(true), reason: z.string().catch('') })

/** The words of an error body, `undefined` for anything else. */
export const faultWords = (body: unknown): string | undefined => {
  const parsed = fault.safeParse(body)
  return parsed.success ? parsed.data.reason : undefined
}
