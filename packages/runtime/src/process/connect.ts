import { createKafkaBus } from '../bus/kafka/kafka-bus.ts'
import type { Bus } from '../bus/port.ts'
import type { Cache } from '../cache/port.ts'
import { connectValkey } from '../cache/valkey.ts'
import { type ValkeyClients, valkeyClients } from '../cache/valkey-clients.ts'
import type { KafkaConfig, ValkeyConfig } from '../config/common.ts'
import type { Process } from './core.ts'
import { kafkaSecurity } from './kafka-security.ts'
import { valkeySecurity } from './valkey-security.ts'

/** The Kafka bus of a process, from its configuration. The caller closes it. */
export const connectBus = (process: Process<KafkaConfig>): Bus => {
  const { config, env, name, replica, log, metrics, clock, random, fail } = process
  return createKafkaBus({
    brokers: config.kafkaBrokers,
    clientId: `${name}-${replica}`,
    ...{ log, metrics, clock, random, fail },
    ...kafkaSecurity(config, env),
  })
}

/** The shared cache of a process, from its configuration. The caller closes it. */
export const connectCache = ({ config, env, log, metrics, clock }: Process<ValkeyConfig>): Cache =>
  connectValkey({
    ...{ url: config.valkeyUrl, log, metrics, clock },
    security: valkeySecurity(config, env),
  }).cache

/** The connections of the Socket.IO adapter, from the configuration of a process. The caller closes them. */
export const connectValkeyClients = ({
  config,
  env,
  log,
  clock,
}: Process<ValkeyConfig>): ValkeyClients =>
  valkeyClients(config.valkeyUrl, { log, clock, security: valkeySecurity(config, env) })
