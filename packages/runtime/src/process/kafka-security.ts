import type { Credentials } from '../bus/kafka/client.ts'
import type { KafkaBusOptions } from '../bus/kafka/kafka-bus.ts'
import { type KafkaConfig, kafkaSettings } from '../config/common.ts'
import type { Env } from '../config/config.ts'
import { ConfigError } from '../errors.ts'
import { renewed } from './renewed.ts'

type Security = Pick<KafkaBusOptions, 'ssl' | 'sasl'>

const credentialsOf = ({ kafkaUsername, kafkaPassword }: KafkaConfig): Credentials | undefined => {
  if (kafkaUsername === undefined) return undefined
  if (kafkaPassword !== undefined) return { username: kafkaUsername, password: kafkaPassword }
  throw new ConfigError(['KAFKA_USERNAME is set without a password; set KAFKA_PASSWORD_FILE'])
}

const tlsOf = (config: KafkaConfig, env: Env | undefined): Pick<Security, 'ssl'> => {
  if (config.kafkaCa === undefined) return config.kafkaTls ? { ssl: true } : {}
  const pick = ({ kafkaCa }: KafkaConfig) => kafkaCa
  const ca = renewed(config.kafkaCa, { settings: kafkaSettings, env, pick })
  return {
    ssl: {
      // Read by whoever opens a connection.
      get ca() {
        return [ca()]
      },
    },
  }
}

/**
 * TLS and SCRAM of a Kafka bus as configured. With `env`, authority and credentials are read again at every connection:
 * their files are renewed while the process runs. Throws `ConfigError` for a user name without a password.
 */
export const kafkaSecurity = (config: KafkaConfig, env?: Env): Security => {
  const credentials = credentialsOf(config)
  return {
    ...tlsOf(config, env),
    ...(credentials && {
      sasl: renewed(credentials, { settings: kafkaSettings, env, pick: credentialsOf }),
    }),
  }
}
