import * as net from 'node:net'
import * as tls from 'node:tls'
import { type ISocketFactory, Kafka, type KafkaConfig, logLevel } from 'kafkajs'
import type { Log } from '../../telemetry/log.ts'
import { fixRequestQueueTimer } from './request-queue-timer.ts'
import { clientSettings } from './settings.ts'

/** SCRAM credentials. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Where the brokers are and how to talk to them. */
export interface ClientOptions {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly log: Log
  readonly ssl?: tls.ConnectionOptions | boolean
  /** SCRAM-SHA-512 credentials, asked for again at every connection, so that a rotated password is picked up. */
  readonly sasl?: () => Credentials
  /** How long a broker may take for an answer, in milliseconds (default 10,000); a send is tried four times. */
  readonly requestTimeoutMs?: number
  /** Called for every connection that is opened. */
  readonly onConnection?: (socket: net.Socket) => void
}

const levels = {
  [logLevel.NOTHING]: 'trace',
  [logLevel.ERROR]: 'debug',
  [logLevel.WARN]: 'debug',
  [logLevel.INFO]: 'trace',
  [logLevel.DEBUG]: 'trace',
} as const

/** kafkajs logs every attempt as an error: what matters to an operator is said once, by the bus itself. */
const logCreator = (log: Log): NonNullable<KafkaConfig['logCreator']> => {
  const child = log.child({ component: 'kafkajs' })
  return () => (entry) => {
    const { message, timestamp: _, logger: __, stack: ___, ...fields } = entry.log
    child[levels[entry.level]]({ namespace: entry.namespace, ...fields }, message)
  }
}

/** kafkajs reads the fields of this object at every authentication. */
const sasl = (credentials: () => Credentials): NonNullable<KafkaConfig['sasl']> => ({
  mechanism: 'scram-sha-512',
  get username() {
    return credentials().username
  },
  get password() {
    return credentials().password
  },
})

const keepAliveMs = 60_000

/** kafkajs's own way to connect, but counted. */
const socketFactory =
  (onConnection: (socket: net.Socket) => void): ISocketFactory =>
  ({ host, port, ssl, onConnect }) => {
    const name = net.isIP(host) ? {} : { servername: host }
    const socket = ssl
      ? tls.connect({ host, port, ...name, ...ssl }, onConnect)
      : net.connect({ host, port }, onConnect)
    onConnection(socket)
    return socket.setKeepAlive(true, keepAliveMs)
  }

/** A kafkajs client with explicit settings, logging into `log`. Connects to nothing yet. */
export const createClient = (options: ClientOptions): Kafka => {
  fixRequestQueueTimer()
  return new Kafka({
    ...clientSettings,
    brokers: [...options.brokers],
    clientId: options.clientId,
    logLevel: logLevel.INFO,
    logCreator: logCreator(options.log),
    ...(options.requestTimeoutMs !== undefined && { requestTimeout: options.requestTimeoutMs }),
    ...(options.ssl !== undefined && { ssl: options.ssl }),
    ...(options.onConnection && { socketFactory: socketFactory(options.onConnection) }),
    ...(options.sasl && { sasl: sasl(options.sasl) }),
  })
}
