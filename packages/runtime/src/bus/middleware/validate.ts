import { ContractError } from '../../errors.ts'
import type { HandlerContext, InRecord, Middleware } from '../port.ts'

/** The part of a schema that is used here; every zod schema has it. */
export interface ParsingSchema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly message: string } }
}

const parseJson = (record: InRecord): unknown => {
  try {
    return JSON.parse(record.value?.toString() ?? '')
  } catch (cause) {
    throw new ContractError(`the value on ${record.topic} is not JSON`, { cause })
  }
}

/** The value of a record as its schema has it. Throws ContractError. */
export const parseRecord = <T>(record: InRecord, schema: ParsingSchema<T>): T => {
  const parsed = schema.safeParse(parseJson(record))
  if (parsed.success) return parsed.data
  throw new ContractError(`the value on ${record.topic} breaks its schema: ${parsed.error.message}`)
}

/** Lets only records through whose value fits the schema of their topic; others throw ContractError. */
export const validated =
  (schemas: ReadonlyMap<string, ParsingSchema<unknown>>): Middleware =>
  (next) =>
  async (record, context) => {
    const schema = schemas.get(record.topic)
    if (!schema) throw new ContractError(`no schema is known for ${record.topic}`)
    parseRecord(record, schema)
    await next(record, context)
  }

/** A handler of parsed values, as a handler of records. It throws ContractError before `fn` is called. */
export const parsing =
  <T>(
    schema: ParsingSchema<T>,
    fn: (value: T, record: InRecord, context: HandlerContext) => Promise<void>,
  ) =>
  async (record: InRecord, context: HandlerContext): Promise<void> =>
    await fn(parseRecord(record, schema), record, context)
