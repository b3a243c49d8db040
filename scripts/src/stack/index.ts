import { type Children, createChildren } from './children.ts'
import { type Kafka, startKafka } from './kafka.ts'
import type { Part } from './part.ts'
import { choosePort } from './ports.ts'
import {
  createBff,
  createCrypto,
  createEdge,
  createSandbox,
  type Env,
  sandboxAddresses,
  sharedBffEnv,
} from './processes.ts'
import { createTopics } from './topics.ts'
import { startValkey, type Valkey } from './valkey.ts'
import { httpOk, until } from './wait.ts'

export { StackError } from './error.ts'
export type { Kafka } from './kafka.ts'
export type { Part } from './part.ts'
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
  /** Replicas of crypto-service, 1 by default. */
  readonly crypto?: number
  /** True: the real providers instead of the sandbox. */
  readonly live?: boolean
  /** Folder of the built page; the frontend's by default. */
  readonly page?: string
  /** Environment variables added to the processes of one kind. */
  readonly env?: {
    readonly bff?: Env
    readonly crypto?: Env
    readonly sandbox?: Env
  }
}

/** The whole of Flux on this machine, every part a handle. */
export interface Stack {
  /** What a browser opens. */
  readonly url: string
  readonly kafka: Kafka
  readonly valkey: Valkey
  /** Absent when the real providers are used. */
  readonly sandbox?: Part
  readonly crypto: readonly Part[]
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

const startProcesses = async (
  children: Children,
  options: StackOptions & { readonly edgePort: number },
  servers: Servers,
) => {
  const backbone = { brokers: servers.kafka.brokers, valkeyUrl: servers.valkey.url }
  const providers = servers.sandbox?.url ? sandboxAddresses(servers.sandbox.url) : {}
  const cryptoOptions = { backbone, env: { ...providers, ...options.env?.crypto } }
  const bffOptions = { backbone, env: { ...sharedBffEnv(), ...options.env?.bff } }
  const crypto = await replicas(options.crypto ?? 1, (n) =>
    createCrypto(children, `crypto-service-${n}`, cryptoOptions),
  )
  const bff = await replicas(options.bff ?? 2, (n) => createBff(children, `bff-${n}`, bffOptions))
  const edge = createEdge(children, {
    port: options.edgePort,
    page: options.page,
    replicas: bff,
  })
  await Promise.all([...crypto, ...bff, edge].map((part) => part.start()))
  const seen = () => httpOk(`${edge.url}/edge/readyz`)
  await until(seen, { what: 'the edge to see a ready replica', deadlineMs: 5000 })
  return { crypto, bff, edge }
}

const stopAll = async (children: Children, groups: readonly (readonly Part[])[]) => {
  try {
    for (const group of groups) await Promise.all(group.map((part) => part.stop()))
  } finally {
    await children.close()
  }
}

/**
 * Starts Kafka, Valkey, the sandbox, crypto-service, the BFF and the edge, each as a process of its own;
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
    const { crypto, bff, edge } = processes
    const outside = sandbox ? [sandbox] : []
    return {
      url: edge.url ?? '',
      kafka,
      valkey,
      ...(sandbox && { sandbox }),
      crypto,
      bff,
      edge,
      parts: [kafka, valkey, ...outside, ...crypto, ...bff, edge],
      createTopics: () => createTopics(kafka.brokers),
      close: () => stopAll(children, [[edge], bff, crypto, outside, [valkey, kafka]]),
    }
  } catch (error) {
    await children.close()
    throw error
  }
}
