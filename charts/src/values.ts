import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type ChartName, chartsFolder } from './helm.ts'
import { at, isMap, type Json, type JsonMap, map, text } from './json.ts'

/** A value of a chart that somebody may set. */
export interface ChartValue {
  /** Keys from the top to it. */
  readonly path: readonly string[]
  /** The sentence above it in `values.yaml`, empty where there is none. */
  readonly help: string
  readonly default: Json
}

/** A chart's file as text. Throws where there is none. */
export const chartFile = (chart: ChartName, name: string): string =>
  readFileSync(join(chartsFolder, chart, name), 'utf8')

/** The schema of a chart's values. */
export const schemaOf = (chart: ChartName): JsonMap =>
  map(JSON.parse(chartFile(chart, 'values.schema.json')))

interface Commented {
  readonly path: readonly string[]
  readonly help: string
}

const keyPattern = /^( *)("[^"]+"|[\w.-]+):(?: |$)/
const commentPattern = /^ *# ?(.*)$/

// Keys in block style, each with the comment that begins with `--` above it.
const commentedKeys = (source: string): readonly Commented[] => {
  const found: Commented[] = []
  const open: { readonly indent: number; readonly key: string }[] = []
  let words: string[] = []
  for (const line of source.split('\n')) {
    const [, indent, written] = keyPattern.exec(line) ?? []
    const comment = commentPattern.exec(line)?.[1]
    if (indent !== undefined && written !== undefined) {
      while ((open.at(-1)?.indent ?? -1) >= indent.length) open.pop()
      open.push({ indent: indent.length, key: written.replaceAll('"', '') })
      const help = words[0]?.startsWith('-- ') ? words.join(' ').slice(3) : ''
      found.push({ path: open.map(({ key }) => key), help })
    }
    const isFirst = comment?.startsWith('-- ') === true
    words = comment === undefined ? [] : [...(isFirst ? [] : words), comment]
  }
  return found
}

/**
 * The values of a chart's `values.yaml`: whatever has a sentence of its own, and every key without one that
 * holds no further keys.
 */
export const valuesOf = (source: string): readonly ChartValue[] => {
  const defaults: Json = parse(source)
  const keys = commentedKeys(source)
  const isDescribed = (path: readonly string[]) =>
    keys.some(
      (key) =>
        key.help !== '' &&
        key.path.length < path.length &&
        key.path.every((part, index) => path[index] === part),
    )
  return keys.flatMap(({ path, help }) => {
    const value = at(defaults, ...path)
    const isBranch = isMap(value) && Object.keys(value).length > 0
    if (value === undefined || (help === '' && (isBranch || isDescribed(path)))) return []
    return [{ path, help, default: value }]
  })
}

/** What a schema says about a place in the values, references followed; `undefined` where it knows no such key. */
export const schemaAt = (
  schema: JsonMap,
  path: readonly string[],
  root: JsonMap = schema,
): JsonMap | undefined => {
  const reference = text(schema, '$ref')
  if (reference) {
    const target = at(root, ...reference.replace('#/', '').split('/'))
    return isMap(target)
      ? schemaAt({ ...target, ...without(schema, '$ref') }, path, root)
      : undefined
  }
  const [key, ...rest] = path
  if (key === undefined) return schema
  const inner = at(schema, 'properties', key) ?? at(schema, 'additionalProperties')
  return isMap(inner) ? schemaAt(inner, rest, root) : undefined
}

const without = (value: JsonMap, key: string): JsonMap =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))

/** A place that a schema describes. */
export interface SchemaPath {
  readonly path: readonly string[]
  readonly schema: JsonMap
}

const resolved = (schema: JsonMap, root: JsonMap): JsonMap => schemaAt(schema, [], root) ?? schema

/** Every place that a schema names by its key and that holds no further named keys. */
export const schemaPaths = (
  schema: JsonMap,
  root: JsonMap = schema,
  path: readonly string[] = [],
): readonly SchemaPath[] => {
  const here = resolved(schema, root)
  const named = Object.entries(map(here, 'properties'))
  if (named.length === 0) return [{ path, schema: here }]
  return named.flatMap(([key, inner]) =>
    isMap(inner) ? schemaPaths(inner, root, [...path, key]) : [],
  )
}

/** Places of a schema that name keys and yet take others too. */
export const openPlaces = (
  schema: JsonMap,
  root: JsonMap = schema,
  path: readonly string[] = [],
): readonly string[] => {
  const here = resolved(schema, root)
  const named = Object.entries(map(here, 'properties'))
  const others = here['additionalProperties']
  // What is no object and not false says nothing about keys that are not named.
  const isOpen = named.length > 0 && others !== false && !isMap(others)
  const inner = named.flatMap(([key, value]) =>
    isMap(value) ? openPlaces(value, root, [...path, key]) : [],
  )
  return isOpen ? [path.join('.'), ...inner] : inner
}
