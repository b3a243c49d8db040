import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { processSettings, type SettingRow } from '@flux/runtime'
import { run } from '../stack/install.ts'
import { generated, table } from './table.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

const common = new Set(Object.values(processSettings).map(({ env }) => env))

/** What a process says can be set, asked of the process itself. */
const rowsOf = async (folder: string): Promise<readonly SettingRow[]> =>
  JSON.parse(
    await run(process.execPath, ['src/main.ts', '--describe-config'], {
      cwd: `${repository}${folder}`,
    }),
  )

const text = (row: SettingRow): readonly string[] => {
  const value = row.default === null ? (row.required ? 'required' : '–') : `\`${row.default}\``
  return [`\`${row.env}\`${row.secret ? ' (secret)' : ''}`, value, row.help]
}

const head = ['variable', 'default', 'what it is']

/** `docs/configuration.md`. Throws StackError when a process does not tell. */
export const configuration = async (): Promise<string> => {
  const services = readdirSync(`${repository}services`).map((name) => `services/${name}`)
  const folders = ['bff', ...services.toSorted(), 'sandbox']
  const described = await Promise.all(
    folders.map(async (folder) => [folder, await rowsOf(folder)] as const),
  )
  const sections = described.map(([folder, rows]) => {
    const own = rows.filter(({ env }) => !common.has(env))
    return `## ${folder.split('/').at(-1)}\n\n${table(head, own.map(text))}`
  })
  const shared = described[0]?.[1].filter(({ env }) => common.has(env)) ?? []
  return `${generated}

# Configuration

Environment variables. A variable \`NAME\` can also be given as \`NAME_FILE\`, a file that holds the value. Empty means unset. A process with a
faulty configuration says every fault at once and exits with 78; \`node src/main.ts --check-config\` shows what it would run with.

## Every process

${table(head, shared.map(text))}

${sections.join('\n\n')}
`
}
