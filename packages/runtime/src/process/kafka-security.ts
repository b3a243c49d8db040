import type { Credentials } from '../bus/kafka/client.ts'
import type { KafkaBusOptions } from '../bus/kafka/kafka-bus.ts'
import { type KafkaConfig, kafkaSettings } from '../config/common.ts'
import { type Env, loadConfig } from '../config/config.ts'
import { ConfigError } from '../errors.ts'

type Security = Pick<KafkaBusOptions, 'ssl' | 'sasl'>

const credentialsOf = ({ kafkaUsername, kafkaPassword }: KafkaConfig): Credentials | undefined => {
  if (kafkaUsername === undefined) return undefined
  if (kafkaPassword !== undefined) return { username: kafkaUsername, password: kafkaPassword }
  throw new ConfigError(['KAFKA_USERNAME is set without a password; set KAFKA_PASSWORD_FILE'])
}

/**
 * TLS and SCRAM of a Kafka bus as configured. With `env`, the credentials are read again at every connection: their
 * files are renewed while the process runs. Throws `ConfigError` for a user name without a password.
 */
export const kafkaSecurity = (config: KafkaConfig, env?: Env): Security => {
  const { kafkaCa, kafkaTls } = config
  const credentials = credentialsOf(config)
  const renewed = () => (env && credentialsOf(loadConfig(kafkaSettings, env))) ?? credentials
  return {
    ...((kafkaTls || kafkaCa) && { ssl: kafkaCa ? { ca: [kafkaCa] } : true }),
    ...(credentials && { sasl: () => renewed() ?? credentials }),
  }
}
