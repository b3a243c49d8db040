import { kafkaUsers } from '@flux/contracts'
import { createKafkaBus } from '../bus/kafka/kafka-bus.ts'
import type { Bus } from '../bus/port.ts'
import type { Cache } from '../cache/port.ts'
import { connectValkey } from '../cache/valkey.ts'
import { type ValkeyClients, valkeyClients } from '../cache/valkey-clients.ts'
import type { KafkaConfig, ValkeyConfig } from '../config/common.ts'
import type { Process } from './core.ts'
import { kafkaSecurity } from './kafka-security.ts'
import { valkeySecurity } from './valkey-security.ts'

/** The topics that a process may write. */
const sendsOf = (name: string): readonly string[] =>
  (kafkaUsers.find((user) => user.name === name)?.acls ?? []).flatMap(({ resource, operations }) =>
    resource.type === 'topic' && operations.includes('Write') ? [resource.name] : [],
  )

/** The Kafka bus of a process, from its configuration. The caller closes it. */
export const connectBus = (process: Process<KafkaConfig>): Bus => {
  const { config, env, name, replica, log, metrics, clock, random, fail } = process
  return createKafkaBus({
    brokers: config.kafkaBrokers,
    clientId: `${name}-${replica}`,
    ...{ log, metrics, clock, random, fail, sends: sendsOf(name) },
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
