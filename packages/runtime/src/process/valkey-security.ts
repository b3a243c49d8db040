import type { ValkeyCredentials, ValkeySecurity } from '../cache/valkey-client.ts'
import { type ValkeyConfig, valkeySettings } from '../config/common.ts'
import type { Env } from '../config/config.ts'
import { ConfigError } from '../errors.ts'
import { renewed } from './renewed.ts'

const userOf = (url: string): string | undefined =>
  decodeURIComponent(new URL(url).username) || undefined

const credentialsOf = (config: ValkeyConfig): ValkeyCredentials | undefined => {
  const { valkeyUrl, valkeyUsername, valkeyPassword } = config
  if (valkeyPassword !== undefined) {
    return { username: valkeyUsername ?? userOf(valkeyUrl), password: valkeyPassword }
  }
  if (valkeyUsername === undefined) return undefined
  throw new ConfigError(['VALKEY_USERNAME is set without a password; set VALKEY_PASSWORD_FILE'])
}

/**
 * TLS and user of the connections to Valkey as configured. With `env`, authority and credentials are read again at every
 * connection: their files are renewed while the process runs. Throws `ConfigError` for a user name without a password.
 */
export const valkeySecurity = (config: ValkeyConfig, env?: Env): ValkeySecurity => {
  const { valkeyCa } = config
  const credentials = credentialsOf(config)
  const common = { settings: valkeySettings, env }
  return {
    ...(valkeyCa !== undefined && {
      ca: renewed(valkeyCa, { ...common, pick: (now) => now.valkeyCa }),
    }),
    ...(credentials && { credentials: renewed(credentials, { ...common, pick: credentialsOf }) }),
  }
}
