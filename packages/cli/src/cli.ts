import { ConfigError, describeSettings, messageOf, type ProcessHost } from '@flux/runtime'
import type { Subcommand } from './subcommand.ts'

/** Exit statuses, after sysexits.h. */
const exit = { ok: 0, failed: 1, usage: 64, config: 78 } as const

const listOf = (subcommands: readonly Subcommand[]): string =>
  [
    'usage: node src/main.ts SUBCOMMAND [--help]',
    '',
    ...subcommands.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`),
    '',
  ].join('\n')

const helpOf = ({ name, summary, settings }: Subcommand): string =>
  [
    `${name}: ${summary}`,
    '',
    'Environment variables; NAME_FILE names a file that holds the value of NAME instead:',
    ...describeSettings(settings).map((row) => {
      const otherwise = row.default === null ? '' : ` (default ${row.default})`
      return `  ${row.env.padEnd(26)} ${row.required ? 'required: ' : ''}${row.help}${otherwise}`
    }),
    '',
  ].join('\n')

const obeySignals = (host: ProcessHost): AbortSignal => {
  const controller = new AbortController()
  host.onSignal((signal) => {
    if (controller.signal.aborted) return host.exit(exit.failed)
    controller.abort(new DOMException(`stopped by ${signal}`, 'AbortError'))
  })
  return controller.signal
}

const execute = async (subcommand: Subcommand, host: ProcessHost): Promise<number> => {
  try {
    await subcommand.run(host, obeySignals(host))
    return exit.ok
  } catch (error) {
    if (error instanceof ConfigError) {
      host.complain(`${error.message}\n`)
      return exit.config
    }
    host.complain(`${subcommand.name} failed: ${messageOf(error)}\n`)
    return exit.failed
  }
}

/**
 * Runs the subcommand that the first argument names and exits: 0 when all is done, 1 when it failed, 64 for an unknown
 * subcommand, 78 for a wrong configuration. `--help` lists what there is, and after a subcommand what it can be told.
 */
export const runCli = async (
  subcommands: readonly Subcommand[],
  host: ProcessHost,
): Promise<void> => {
  const [name, option] = host.argv
  const found = subcommands.find((subcommand) => subcommand.name === name)
  if (name === '--help') {
    host.print(listOf(subcommands))
    return host.exit(exit.ok)
  }
  if (!found) {
    const what = name === undefined ? 'no subcommand' : `unknown subcommand ${name}`
    host.complain(`${what}\n${listOf(subcommands)}`)
    return host.exit(exit.usage)
  }
  if (option === '--help') {
    host.print(helpOf(found))
    return host.exit(exit.ok)
  }
  host.exit(await execute(found, host))
}
