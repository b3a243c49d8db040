import { table } from '@flux/scripts/table'
import type { ChartName } from '../helm.ts'
import { at, isMap, type Json, type JsonMap, text } from '../json.ts'
import { chartFile, schemaAt, schemaOf, valuesOf } from '../values.ts'

const begin = '<!-- values:begin -->'
const end = '<!-- values:end -->'

const typeOf = (schema: JsonMap | undefined): string => {
  const choices = at(schema, 'enum')
  if (Array.isArray(choices)) return choices.map((choice) => `\`${choice}\``).join(', ')
  const type = at(schema, 'type')
  return Array.isArray(type) ? type.join(' or ') : text(schema, 'type') || 'any'
}

const shown = (value: Json): string => {
  const isEmpty = value === '' || value === null
  const written = isMap(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)
  return isEmpty ? '–' : `\`${written}\``
}

/** The values of a chart as a Markdown table: name, type, default, what it is. */
export const valuesTable = (source: string, schema: JsonMap): string =>
  table(
    ['value', 'type', 'default', 'what it is'],
    valuesOf(source).map(({ path, help, default: value }) => [
      `\`${path.join('.')}\``,
      typeOf(schemaAt(schema, path)),
      shown(value),
      help,
    ]),
  )

/** A text with the table put between its marks. Throws where it has no marks. */
export const withTable = (readme: string, rows: string): string => {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the README has no ${begin} … ${end}`)
  return `${readme.slice(0, from + begin.length)}\n\n${rows}\n\n${readme.slice(to)}`
}

/** A chart's README as it should be. Throws where it has no marks for the table. */
export const readmeOf = (chart: ChartName): string =>
  withTable(
    chartFile(chart, 'README.md'),
    valuesTable(chartFile(chart, 'values.yaml'), schemaOf(chart)),
  )
