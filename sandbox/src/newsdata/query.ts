import { z } from 'zod'
import { type NewsError, newsError } from './errors.ts'
import { categories, numberAt } from './head.ts'

/** What a request wants; an empty list wants everything. */
export interface NewsQuery {
  readonly text: string
  readonly countries: readonly string[]
  readonly languages: readonly string[]
  readonly categories: readonly string[]
  readonly size: number
  /** Only stories before this one. */
  readonly before: number | undefined
}

/** A request that is refused. */
export interface Refusal {
  readonly status: number
  readonly body: NewsError
}

/** Articles that one credit pays for. */
const mostPerPage = 10
/** Values that a filter of a free key takes. */
const mostValues = 5

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .toLowerCase()
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )

const fields = {
  apikey: z.string().optional(),
  q: z.string().max(100).default(''),
  country: list,
  language: list,
  category: list,
  size: z.coerce.number().int().min(1).default(mostPerPage),
  page: z.string().optional(),
}
const querySchema = z.object(fields)

const refuse = (status: number, code: string, message: string): Refusal => ({
  status,
  body: newsError(code, message),
})

const unsupported = (message: string) => refuse(422, 'UnsupportedFilter', message)

const isFilter = (key: string): boolean => Object.hasOwn(fields, key)
const isCode = (value: string): boolean => /^[a-z]{2}$/.test(value)
const isCategory = (value: string): boolean => categories.includes(value)

const faultOfList = (name: string, values: readonly string[]): Refusal | undefined => {
  if (values.length > mostValues) return unsupported(`${name} takes at most ${mostValues} values.`)
  const bad = values.find(name === 'category' ? (v) => !isCategory(v) : (v) => !isCode(v))
  return bad === undefined ? undefined : unsupported(`${name} does not know "${bad}".`)
}

const faultOf = (query: z.infer<typeof querySchema>): Refusal | undefined => {
  if (query.size > mostPerPage) return unsupported(`Your plan allows sizes up to ${mostPerPage}.`)
  if (query.page !== undefined && numberAt(query.page) === undefined) {
    return unsupported('The page is not one that nextPage named.')
  }
  return (
    faultOfList('country', query.country) ??
    faultOfList('language', query.language) ??
    faultOfList('category', query.category)
  )
}

/** Reads a request's query, or says with which status and body it is refused. */
export const parseQuery = (raw: Readonly<Record<string, unknown>>): NewsQuery | Refusal => {
  for (const [key, value] of Object.entries(raw)) {
    if (!isFilter(key)) return unsupported(`The filter "${key}" is not supported.`)
    if (Array.isArray(value)) return refuse(409, 'ParameterDuplicate', `${key} is given twice.`)
  }
  const parsed = querySchema.safeParse(raw)
  if (!parsed.success) return unsupported('A filter has a value that is not supported.')
  const query = parsed.data
  return (
    faultOf(query) ?? {
      text: query.q.toLowerCase(),
      countries: query.country,
      languages: query.language,
      categories: query.category,
      size: query.size,
      before: query.page === undefined ? undefined : numberAt(query.page),
    }
  )
}
