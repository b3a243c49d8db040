import { StackError } from './stack/error.ts'
import type { Part } from './stack/part.ts'

/** A port from the environment; `undefined` when it is not set. Throws StackError `bad_port`. */
export const portFrom = (env: NodeJS.ProcessEnv, name: string): number | undefined => {
  const text = env[name]
  if (!text) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StackError('bad_port', `${name} has to be a port number, 1 to 65535, not "${text}"`)
}

/** What the table says of each part. */
type Row = Pick<Part, 'name' | 'pid' | 'url' | 'internalUrl' | 'logFile'>

const cells = (part: Row): readonly string[] => [
  part.name,
  part.url ?? '',
  part.internalUrl ? `${part.internalUrl}/metrics` : '',
  part.pid === undefined ? 'external' : String(part.pid),
  part.logFile,
]

/** What runs where, as a text table. */
export const table = ({ parts }: { readonly parts: readonly Row[] }): string => {
  const rows = [['part', 'address', 'metrics', 'pid', 'log'], ...parts.map(cells)]
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}
