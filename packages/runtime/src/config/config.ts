import { readFileSync } from 'node:fs'
import type * as z from 'zod'
import { ConfigError, messageOf } from '../errors.ts'

/** The environment a process was started in. */
export type Env = Readonly<Record<string, string | undefined>>

/** One value that a process takes from its environment. */
export interface Setting<T> {
  /** Name of the variable; `{env}_FILE` names a file that holds the value instead. */
  readonly env: string
  readonly schema: z.ZodType<T>
  /** What it is, with its unit, as told to whoever has to set it. */
  readonly help: string
  /** Text taken when the variable is unset or empty. */
  readonly default: string | undefined
  /** The value is never shown: not in faults, not in the log, not by `--check-config`. */
  readonly secret: boolean
}

/** The settings of a process by the names its code uses. */
export type Settings = Readonly<Record<string, Setting<unknown>>>

/** What loading `S` yields. */
export type ConfigOf<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never
}

/** Declares a setting. The schema gets text, or `undefined` when it is neither set nor has a default. */
export const setting = <T>(
  env: string,
  schema: z.ZodType<T>,
  options: { readonly help: string; readonly default?: string; readonly secret?: boolean },
): Setting<T> => ({
  env,
  schema,
  help: options.help,
  default: options.default,
  secret: options.secret ?? false,
})

type Raw = { readonly text: string | undefined } | { readonly fault: string }

const readSecretFile = (env: string, path: string): Raw => {
  try {
    return { text: readFileSync(path, 'utf8').trim() || undefined }
  } catch (error) {
    return { fault: `${env}_FILE cannot be read (${messageOf(error)}); name a readable file` }
  }
}

const rawOf = (setting: Setting<unknown>, env: Env): Raw => {
  const direct = env[setting.env] || undefined
  const path = env[`${setting.env}_FILE`] || undefined
  if (direct !== undefined && path !== undefined) {
    return { fault: `${setting.env} and ${setting.env}_FILE are both set; unset one of them` }
  }
  return path === undefined ? { text: direct } : readSecretFile(setting.env, path)
}

const reasonsOf = (error: z.ZodError): string => error.issues.map((i) => i.message).join(', ')

const faultOf = (setting: Setting<unknown>, text: string | undefined, error: z.ZodError) => {
  const what = `set ${setting.env} (or ${setting.env}_FILE) to: ${setting.help}`
  if (text === undefined) return `${setting.env} is not set; ${what}`
  // A schema's message may quote what it was given, so a secret's is not shown either.
  if (setting.secret) return `${setting.env} has a wrong form (its value is not shown); ${what}`
  return `${setting.env} is ${JSON.stringify(text)}: ${reasonsOf(error)}; ${what}`
}

const isConfigOf = <S extends Settings>(
  values: Readonly<Record<string, unknown>>,
  settings: S,
): values is ConfigOf<S> => Object.keys(settings).every((name) => name in values)

/**
 * The configuration of a process: each value from `NAME`, else from the file that `NAME_FILE` names (trimmed), else the
 * default. Empty means unset. Throws `ConfigError` with every fault at once; values of secrets are in none of them.
 */
export const loadConfig = <S extends Settings>(settings: S, env: Env): ConfigOf<S> => {
  const values: Record<string, unknown> = {}
  const faults: string[] = []
  for (const [name, setting] of Object.entries(settings)) {
    const raw = rawOf(setting, env)
    if ('fault' in raw) {
      faults.push(raw.fault)
      continue
    }
    const text = raw.text ?? setting.default
    const parsed = setting.schema.safeParse(text)
    if (parsed.success) values[name] = parsed.data
    else faults.push(faultOf(setting, text, parsed.error))
  }
  if (faults.length > 0 || !isConfigOf(values, settings)) throw new ConfigError(faults)
  return values
}
