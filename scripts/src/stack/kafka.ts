import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Children } from './children.ts'
import { createContainerPart, dockerWorks } from './docker.ts'
import { StackError } from './error.ts'
import { run } from './install.ts'
import { findJava } from './java.ts'
import {
  type BrokerSettings,
  brokerCommand,
  brokerProperties,
  clusterIdOf,
  formatData,
  installKafka,
  type KafkaInstall,
  kafkaVersion,
  newClusterId,
} from './kafka-install.ts'
import {
  formatSecured,
  makeCertificates,
  type SecuredOptions,
  type SecuredSettings,
  securedProperties,
} from './kafka-secured.ts'
import { createPart, type Part } from './part.ts'
import { choosePort, freePort } from './ports.ts'
import { externalPart, type ServerOptions, type ServerSource } from './server.ts'
import { tcpOpen } from './wait.ts'

/** A broker that this process may stop, kill, pause, empty and start again. */
export interface Kafka extends Part {
  readonly source: ServerSource
  /** What clients connect to: `host:port`, or a list with commas. */
  readonly brokers: string
  /** Identity of the present data folder. Throws for an external broker. */
  clusterId(): Promise<string>
  /** The listener with TLS and SCRAM, of a broker that was started with one. */
  readonly secured?: SecuredListener
  /** Stops the broker and throws its data away; the next start has another cluster id. */
  wipe(): Promise<void>
}

/** What clients of the secured listener need beside a user. */
interface SecuredListener {
  readonly brokers: string
  /** PEM certificate of the authority that signed the broker's. */
  readonly ca: string
}

/** How a broker is started. */
export interface KafkaOptions extends ServerOptions {
  /** One listener more, as installations have it; only a broker from Maven can have one. */
  readonly secured?: SecuredOptions
}

interface Place {
  readonly children: Children
  readonly name: string
  readonly port: number
  readonly controllerPort: number
}

/** Writes the settings and makes the data folder; both are there already at a restart. */
const prepare = async (
  install: KafkaInstall,
  settings: BrokerSettings,
  secured: SecuredSettings | undefined,
): Promise<string> => {
  const { data } = settings
  const properties = `${data}.properties`
  if (!secured) {
    await formatData(install, data)
    await writeFile(properties, brokerProperties(settings))
    return properties
  }
  await writeFile(properties, securedProperties(settings, secured))
  await formatSecured(install, { data, properties }, secured)
  return properties
}

const secure = async (folder: string, options: SecuredOptions) => {
  const { ca, keystore } = await makeCertificates(folder)
  const settings: SecuredSettings = { ...options, keystore, port: await freePort() }
  return { settings, listener: { brokers: `127.0.0.1:${settings.port}`, ca } }
}

const fromMaven = async (place: Place, options: KafkaOptions): Promise<Kafka | undefined> => {
  const { env = process.env } = options
  const java = await findJava(env)
  if (!java) return undefined
  const install = await installKafka(java, env)
  const { children, name, ...ports } = place
  const data = join(children.folder, name)
  const secured = options.secured && (await secure(`${data}-tls`, options.secured))
  const part = createPart(children, {
    name,
    url: `127.0.0.1:${ports.port}`,
    command: async () => {
      const settings = { data, bind: '127.0.0.1', ...ports }
      return brokerCommand(install, await prepare(install, settings, secured?.settings))
    },
    ready: () => tcpOpen(secured?.settings.port ?? ports.port),
  })
  const wipe = async () => {
    await part.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
  const kafka = asKafka(part, { source: 'maven', clusterId: () => clusterIdOf(data), wipe })
  return secured ? Object.assign(kafka, { secured: secured.listener }) : kafka
}

const asKafka = (part: Part, own: Pick<Kafka, 'source' | 'clusterId' | 'wipe'>): Kafka =>
  Object.assign(part, { ...own, brokers: part.url ?? '' })

/** The image takes every setting as a variable: `log.dirs` is KAFKA_LOG_DIRS. */
export const asVariables = (properties: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    properties
      .split('\n')
      .filter((line) => /^[^#=]+=/.test(line))
      .map((line) => [
        `KAFKA_${line.slice(0, line.indexOf('=')).replaceAll('.', '_').toUpperCase()}`,
        line.slice(line.indexOf('=') + 1),
      ]),
  )

const fromDocker = async (place: Place): Promise<Kafka | undefined> => {
  if (!(await dockerWorks())) return undefined
  const { children, name, port, controllerPort } = place
  const container = `flux-${name}-${port}`
  const data = '/var/lib/kafka/data'
  let clusterId = newClusterId()
  children.keeper.keep('container', container)
  const part = createContainerPart(children, {
    name,
    url: `127.0.0.1:${port}`,
    image: `apache/kafka:${kafkaVersion}`,
    container,
    ports: [port],
    volumes: [`${container}:${data}`],
    args: [],
    env: async () => ({
      CLUSTER_ID: clusterId,
      ...asVariables(brokerProperties({ data, port, controllerPort, bind: '0.0.0.0' })),
    }),
    ready: () => tcpOpen(port),
    readyMs: 120_000,
  })
  const wipe = async () => {
    await part.kill('SIGKILL')
    await run('docker', ['volume', 'rm', '--force', container])
    clusterId = newClusterId()
  }
  return asKafka(part, { source: 'docker', clusterId: async () => clusterId, wipe })
}

/**
 * Starts a broker from the first source there is: FLUX_KAFKA_BROKERS, Java and Maven, Docker; a secured one from Maven.
 * Throws StackError `kafka_missing` when there is none, `port_in_use`, `part_failed`.
 */
export const startKafka = async (options: KafkaOptions): Promise<Kafka> => {
  const { children, env = process.env, name = 'kafka', secured } = options
  const external = env['FLUX_KAFKA_BROKERS']
  if (external && !secured) {
    const { part, refuse } = externalPart(name, external, 'FLUX_KAFKA_BROKERS')
    return asKafka(part, { source: 'external', clusterId: refuse, wipe: refuse })
  }
  const port = await choosePort(options.port, name, 'KAFKA_PORT')
  const place = { children, name, port, controllerPort: await freePort() }
  const kafka = (await fromMaven(place, options)) ?? (secured ? undefined : await fromDocker(place))
  if (!kafka) {
    throw new StackError(
      'kafka_missing',
      'no Kafka: install Java 17 and Maven (`make doctor` tells how), start Docker, or set FLUX_KAFKA_BROKERS',
    )
  }
  await kafka.start()
  return kafka
}
