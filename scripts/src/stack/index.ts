import { type Children, createChildren } from './children.ts'
import { type Kafka, startKafka } from './kafka.ts'
import type { Part } from './part.ts'
import { choosePort } from './ports.ts'
import {
  createBff,
  createEdge,
  createSandbox,
  createService,
  type Env,
  type ServiceName,
  sandboxEnv,
  sharedBffEnv,
} from './processes.ts'
import { createTopics } from './topics.ts'
import { startValkey, type Valkey } from './valkey.ts'
import { httpOk, until } from './wait.ts'

export { StackError } from './error.ts'
export type { Kafka } from './kafka.ts'
export type { Part } from './part.ts'
export { type ServiceName, serviceNames } from './processes.ts'
export type { Valkey } from './valkey.ts'
export { httpOk, until } from './wait.ts'

/** What the stack is made of; everything has a default. */
export interface StackOptions {
  /** Fixed ports; a free one for each that is not named. */
  readonly ports?: {
    readonly edge?: number | undefined
    readonly kafka?: number | undefined
    readonly valkey?: number | undefined
    readonly sandbox?: number | undefined
  }
  /** BFF replicas, 2 by default. */
  readonly bff?: number
  /** Replicas of each domain service; one crypto-service by default. */
  readonly services?: Readonly<Partial<Record<ServiceName, number>>>
  /** True: the real providers instead of the sandbox. */
  readonly live?: boolean
  /** Folder of the built page; the frontend's by default. */
  readonly page?: string
  /** Environment variables added to the processes of one kind. */
  readonly env?: Readonly<Partial<Record<ServiceName | 'bff' | 'sandbox', Env>>>
}

/** The whole of Flux on this machine, every part a handle. */
export interface Stack {
  /** What a browser opens. */
  readonly url: string
  readonly kafka: Kafka
  readonly valkey: Valkey
  /** Absent when the real providers are used. */
  readonly sandbox?: Part
  /** The replicas of each domain service. */
  readonly services: Readonly<Record<ServiceName, readonly Part[]>>
  readonly bff: readonly Part[]
  readonly edge: Part
  /** All of them, in the order of their start. */
  readonly parts: readonly Part[]
  /** Creates the topics that are missing, as after `kafka.wipe()`. */
  createTopics(): Promise<void>
  /** Ends everything, users' side first, and removes all data and logs. */
  close(): Promise<void>
}

const replicas = <T>(count: number, create: (number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => create(index + 1)))

const startServers = async (children: Children, options: StackOptions) => {
  const { ports = {} } = options
  const startSandbox = async () => {
    const env = options.env?.sandbox ?? {}
    const sandbox = await createSandbox(children, { port: ports.sandbox, env })
    await sandbox.start()
    return sandbox
  }
  const startBroker = async () => {
    const kafka = await startKafka({ children, ...(ports.kafka && { port: ports.kafka }) })
    await createTopics(kafka.brokers)
    return kafka
  }
  const [kafka, valkey, sandbox] = await Promise.all([
    startBroker(),
    startValkey({ children, ...(ports.valkey && { port: ports.valkey }) }),
    options.live ? undefined : startSandbox(),
  ])
  return { kafka, valkey, sandbox }
}

type Servers = Awaited<ReturnType<typeof startServers>>

const backboneOf = ({ kafka, valkey }: Servers) => ({
  brokers: kafka.brokers,
  valkeyUrl: valkey.url,
})

const createServices = async (children: Children, options: StackOptions, servers: Servers) => {
  const counts = options.services ?? { crypto: 1 }
  const create = (service: ServiceName) => {
    const providers = servers.sandbox?.url ? sandboxEnv(service, servers.sandbox.url) : {}
    const env = { ...providers, ...options.env?.[service] }
    return replicas(counts[service] ?? 0, (number) =>
      createService(children, service, { number, backbone: backboneOf(servers), env }),
    )
  }
  const [weather, crypto, stock, news, canary] = await Promise.all([
    create('weather'),
    create('crypto'),
    create('stock'),
    create('news'),
    create('canary'),
  ])
  return { weather, crypto, stock, news, canary }
}

const startProcesses = async (
  children: Children,
  options: StackOptions & { readonly edgePort: number },
  servers: Servers,
) => {
  const backbone = backboneOf(servers)
  const env = { ...sharedBffEnv(), ...options.env?.bff }
  const services = await createServices(children, options, servers)
  const bff = await replicas(options.bff ?? 2, (n) =>
    createBff(children, `bff-${n}`, { backbone, env }),
  )
  const edge = createEdge(children, {
    port: options.edgePort,
    page: options.page,
    replicas: bff,
  })
  const parts = [...Object.values(services).flat(), ...bff, edge]
  await Promise.all(parts.map((part) => part.start()))
  const seen = () => httpOk(`${edge.url}/edge/readyz`)
  await until(seen, { what: 'the edge to see a ready replica', deadlineMs: 5000 })
  return { services, bff, edge }
}

const stopAll = async (children: Children, groups: readonly (readonly Part[])[]) => {
  try {
    for (const group of groups) await Promise.all(group.map((part) => part.stop()))
  } finally {
    await children.close()
  }
}

/**
 * Starts Kafka, Valkey, the sandbox, the domain services, the BFF and the edge, each as a process of its own;
 * all are ready when this resolves, and none outlives this process. Throws StackError; nothing is left then.
 */
export const startStack = async (options: StackOptions = {}): Promise<Stack> => {
  // Before anything is started: a port in use is the commonest fault of a start.
  const edgePort = await choosePort(options.ports?.edge, 'edge', 'PORT')
  const children = await createChildren()
  try {
    const servers = await startServers(children, options)
    const processes = await startProcesses(children, { ...options, edgePort }, servers)
    const { kafka, valkey, sandbox } = servers
    const { services, bff, edge } = processes
    const domain = Object.values(services).flat()
    const outside = sandbox ? [sandbox] : []
    return {
      url: edge.url ?? '',
      kafka,
      valkey,
      ...(sandbox && { sandbox }),
      services,
      bff,
      edge,
      parts: [kafka, valkey, ...outside, ...domain, ...bff, edge],
      createTopics: () => createTopics(kafka.brokers),
      close: () => stopAll(children, [[edge], bff, domain, outside, [valkey, kafka]]),
    }
  } catch (error) {
    await children.close()
    throw error
  }
}
