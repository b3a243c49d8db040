import {
  type Clock,
  type ConfigOf,
  createLog,
  type Env,
  type Log,
  loadConfig,
  type ProcessHost,
  processSettings,
  type Settings,
} from '@flux/runtime'

/** What the work of a subcommand is given. */
export interface Work<C> {
  readonly config: C
  /** The environment, for what has to be read again later. */
  readonly env: Env
  readonly log: Log
  readonly clock: Clock
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** A new unique id. */
  readonly newId: () => string
  /** Aborted by SIGTERM and SIGINT. */
  readonly signal: AbortSignal
}

/** One thing that the command line can do. */
export interface Subcommand {
  readonly name: string
  /** One line that says what it does. */
  readonly summary: string
  /** What it reads from its environment. */
  readonly settings: Settings
  /** Reads the configuration and does the work. Throws `ConfigError` for what is set wrongly. */
  run(host: ProcessHost, signal: AbortSignal): Promise<void>
}

/** How a subcommand is declared. */
export interface SubcommandOptions<S extends Settings> {
  readonly name: string
  readonly summary: string
  readonly settings: S
  /** Resolves when all is done. Throws `FluxError` with a sentence for whoever reads the log. */
  work(work: Work<ConfigOf<S>>): Promise<void>
}

/** Declares a subcommand; the settings of the log are added to its own. */
export const subcommand = <S extends Settings>(options: SubcommandOptions<S>): Subcommand => {
  const { name, summary } = options
  const { logLevel } = processSettings
  return {
    name,
    summary,
    settings: { logLevel, ...options.settings },
    run: async (host, signal) => {
      const level = loadConfig({ logLevel }, host.env).logLevel
      await options.work({
        config: loadConfig(options.settings, host.env),
        log: createLog({ name, level }, host.logTo),
        ...{ env: host.env, clock: host.clock, random: host.random, newId: host.newId, signal },
      })
    },
  }
}
