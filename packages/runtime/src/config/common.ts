import * as z from 'zod'
import { logLevels } from '../telemetry/log.ts'
import { type ConfigOf, setting } from './config.ts'
import { address, decimal, flag, integer, list, port } from './forms.ts'

/** Settings that every process has; `runProcess` adds them by itself. */
export const processSettings = {
  internalPort: setting('INTERNAL_PORT', port, {
    help: 'port of probes and metrics; 0 picks a free one',
    default: '9090',
  }),
  logLevel: setting(
    'LOG_LEVEL',
    z.enum(logLevels, { error: `has to be one of ${logLevels.join(', ')}` }),
    { help: `least severe level that is logged: ${logLevels.join(', ')}`, default: 'info' },
  ),
  replica: setting('REPLICA', z.string().max(100).optional(), {
    help: 'name of this replica; by default host name and process id',
  }),
  shutdownMs: setting('SHUTDOWN_TIMEOUT_MS', integer(100, 600_000), {
    help: 'milliseconds that closing may take in all',
    default: '10000',
  }),
  otlpEndpoint: setting('OTEL_EXPORTER_OTLP_ENDPOINT', address('http', 'https').optional(), {
    help: 'address of the OTLP/HTTP collector; without it no spans are made',
  }),
  traceRatio: setting('TRACE_RATIO', decimal(0, 1), {
    help: 'share of the traces that begin here and are recorded, 0 to 1',
    default: '0.01',
  }),
  version: setting('FLUX_VERSION', z.string().max(100), {
    help: 'version that this build calls itself',
    default: 'dev',
  }),
  revision: setting('FLUX_REVISION', z.string().max(100), {
    help: 'commit that this build was made from',
    default: 'unknown',
  }),
} as const

/** What every process knows about itself. */
export type ProcessConfig = ConfigOf<typeof processSettings>

const pem = z.string().startsWith('-----BEGIN', 'is not PEM')

/** Settings of a process that talks to Kafka. */
export const kafkaSettings = {
  kafkaBrokers: setting('KAFKA_BROKERS', list.pipe(z.array(z.string()).min(1, 'names no broker')), {
    help: 'Kafka brokers to begin with, host:port, separated by commas',
    default: 'localhost:9092',
  }),
  kafkaUsername: setting('KAFKA_USERNAME', z.string().optional(), {
    help: 'user name for SCRAM-SHA-512; without it none is used',
  }),
  kafkaPassword: setting('KAFKA_PASSWORD', z.string().optional(), {
    help: 'password for SCRAM-SHA-512; its file is read again on reconnect',
    secret: true,
  }),
  kafkaTls: setting('KAFKA_TLS', flag, {
    help: 'true: TLS to Kafka; a certificate authority of its own (KAFKA_CA) implies it',
    default: 'false',
  }),
  kafkaCa: setting('KAFKA_CA', pem.optional(), {
    help: "PEM certificate of the authority that signed the brokers' certificates",
  }),
} as const

/** Where Kafka is and how to get in. */
export type KafkaConfig = ConfigOf<typeof kafkaSettings>

/** Settings of a process that uses the shared cache. */
export const valkeySettings = {
  valkeyUrl: setting('VALKEY_URL', address('redis', 'rediss'), {
    help: 'address of Valkey or Redis 7: redis://[user:password@]host:port',
    default: 'redis://localhost:6379',
    secret: true,
  }),
  valkeyUsername: setting('VALKEY_USERNAME', z.string().optional(), {
    help: 'user name at Valkey; without it the one in its address, else the default user',
  }),
  valkeyPassword: setting('VALKEY_PASSWORD', z.string().optional(), {
    help: 'password at Valkey; its file is read again on reconnect',
    secret: true,
  }),
  valkeyCa: setting('VALKEY_CA', pem.optional(), {
    help: "PEM certificate of the authority that signed Valkey's certificate; implies TLS",
  }),
} as const

/** Where Valkey is and how to get in. */
export type ValkeyConfig = ConfigOf<typeof valkeySettings>
