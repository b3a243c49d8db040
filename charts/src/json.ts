/** What a YAML document or a JSON file holds. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap

/** An object of such values. */
export interface JsonMap {
  readonly [key: string]: Json
}

type Path = readonly (string | number)[]

/** True for an object that is no list. */
export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

const step = (value: Json | undefined, key: string | number): Json | undefined => {
  if (isMap(value)) return value[key]
  return isList(value) && typeof key === 'number' ? value[key] : undefined
}

/** What stands at a path, `undefined` where nothing does. */
export const at = (value: Json | undefined, ...path: Path): Json | undefined =>
  path.reduce(step, value)

/** The string at a path, empty where there is none. */
export const text = (value: Json | undefined, ...path: Path): string => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** The list at a path, empty where there is none. */
export const list = (value: Json | undefined, ...path: Path): readonly Json[] => {
  const found = at(value, ...path)
  return isList(found) ? found : []
}

/** The object at a path, empty where there is none. */
export const map = (value: Json | undefined, ...path: Path): JsonMap => {
  const found = at(value, ...path)
  return isMap(found) ? found : {}
}

/** The object at a path as pairs of strings: labels, selectors; what is no string is left out. */
export const strings = (value: Json | undefined, ...path: Path): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(map(value, ...path)).flatMap(([key, found]) =>
      typeof found === 'string' ? [[key, found]] : [],
    ),
  )

/** The same value with the keys of every object in order, for comparison. */
export const sorted = (value: Json): Json => {
  if (isList(value)) return value.map(sorted)
  if (!isMap(value)) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, found]) => [key, sorted(found)]))
}
