import type { ConfigOf, Settings } from './config.ts'

/** A setting as documentation shows it. */
export interface SettingRow {
  readonly env: string
  readonly help: string
  /** `null` when there is none. */
  readonly default: string | null
  /** The process does not start without it. */
  readonly required: boolean
  readonly secret: boolean
}

/** One row per setting, in the order of their declaration. */
export const describeSettings = (settings: Settings): readonly SettingRow[] =>
  Object.values(settings).map((setting) => ({
    env: setting.env,
    help: setting.help,
    default: setting.default ?? null,
    required: !setting.schema.safeParse(setting.default).success,
    secret: setting.secret,
  }))

const longest = 120
const shown = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** The configuration by variable, fit to be shown: secrets masked, what is not set left out. */
export const showConfig = <S extends Settings>(
  settings: S,
  config: ConfigOf<S>,
): Readonly<Record<string, string>> => {
  const lines: Record<string, string> = {}
  for (const [name, setting] of Object.entries(settings)) {
    const value = config[name]
    if (value !== undefined) lines[setting.env] = setting.secret ? '[secret]' : shown(value)
  }
  return lines
}
