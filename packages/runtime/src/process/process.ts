import { processSettings } from '../config/common.ts'
import { type ConfigOf, loadConfig, type Settings } from '../config/config.ts'
import { describeSettings, showConfig } from '../config/describe.ts'
import { ConfigError } from '../errors.ts'
import { createProcess, exitConfig, type Process } from './core.ts'
import { nodeHost, type ProcessHost } from './host.ts'

/** The configuration of a process with settings `S` of its own. */
export type FullConfig<S extends Settings> = ConfigOf<typeof processSettings & S>

/** What a process is. */
export interface ProcessOptions<S extends Settings> {
  readonly name: string
  /** What it reads from its environment beside `processSettings`. */
  readonly settings: S
  /** Opens everything and registers what closes it with `onClose` as it goes. The process is ready after it. */
  start(process: Process<FullConfig<S>>): Promise<void>
}

const readConfig = <S extends Settings>(settings: S, host: ProcessHost) => {
  try {
    return loadConfig(settings, host.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    host.complain(`${error.message}\n`)
    host.exit(exitConfig)
    return undefined
  }
}

/** What `runProcess` does, on a given host. Resolves when `start` has resolved or the process has ended. */
export const launch = async <S extends Settings>(
  options: ProcessOptions<S>,
  host: ProcessHost,
): Promise<void> => {
  const settings = { ...processSettings, ...options.settings }
  if (host.argv.includes('--describe-config')) {
    host.print(`${JSON.stringify(describeSettings(settings))}\n`)
    return host.exit(0)
  }
  const config = readConfig(settings, host)
  if (!config) return
  const shown = showConfig(settings, config)
  if (host.argv.includes('--check-config')) {
    host.print(`${JSON.stringify(shown, undefined, 2)}\n`)
    return host.exit(0)
  }
  const common = loadConfig(processSettings, host.env)
  const running = await createProcess({ name: options.name, config, common, shown, host })
  await running.start((process) => options.start(process))
}

/**
 * Runs a process: configuration (faults on standard error and exit 78; `--check-config` prints it and ends,
 * `--describe-config` prints what can be set and ends), log,
 * metrics, tracing, the internal port, `start`, and an orderly end. SIGTERM and SIGINT close in reverse order of opening
 * within one deadline; a second signal ends at once. An error that nobody caught closes and exits with 1.
 */
export const runProcess = <S extends Settings>(options: ProcessOptions<S>): Promise<void> =>
  launch(options, nodeHost())
