import { type ConfigOf, type Env, loadConfig, type Settings } from '../config/config.ts'

/**
 * What `pick` makes of the settings as they are at every call, else the last that it made: files are renewed while the
 * process runs, and one that is missing for a moment is no reason to stop connecting.
 */
export const renewed = <S extends Settings, T>(
  first: T,
  options: {
    readonly settings: S
    /** Without it, `first` stays. */
    readonly env: Env | undefined
    pick(config: ConfigOf<S>): T | undefined
  },
): (() => T) => {
  const { settings, env } = options
  let last = first
  return () => {
    try {
      if (env) last = options.pick(loadConfig(settings, env)) ?? last
    } catch {
      // Wrong or missing now: whoever connects with the last one is told by the server.
    }
    return last
  }
}
