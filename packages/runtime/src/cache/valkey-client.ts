import { isIP } from 'node:net'
import { Redis, type RedisOptions } from 'ioredis'
import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import { createOutage, type Outage } from './outage.ts'

/** A call that has not been answered after so long is given up, in milliseconds. */
const commandTimeoutMs = 500

/** How often a connection is tried out, and how long an unanswered one is kept, in milliseconds. */
const probeMs = 2_000

/** For calls: fails at once while there is no connection, within 500 ms on one that does not answer. */
const callOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: commandTimeoutMs,
  // A claim sent again after its caller gave up would be won by nobody.
  autoResendUnfulfilledCommands: false,
} satisfies RedisOptions

/** For subscriptions: waits out every outage, then subscribes again to all it had and to what was asked meanwhile. */
const subscribeOptions = {
  maxRetriesPerRequest: null,
  autoResubscribe: true,
} satisfies RedisOptions

/** A connection with its state. */
export interface ValkeyClient {
  readonly client: Redis
  readonly outage: Outage
  close(): void
}

const ignore = () => {}

/**
 * Rejections that nobody looks at must not end the process: ioredis itself subscribes again without a catch, and the
 * Socket.IO adapter publishes without one. Callers that do look still see them.
 */
const tolerate = (client: Redis) => {
  const sendCommand = client.sendCommand.bind(client)
  client.sendCommand = (command, stream) => {
    command.promise.catch(ignore)
    return sendCommand(command, stream)
  }
}

/** A user of the server; without a name the default one. */
export interface ValkeyCredentials {
  readonly username: string | undefined
  readonly password: string
}

/** How to get in, beside what the address says. */
export interface ValkeySecurity {
  /** PEM certificate of the authority that signed the server's; implies TLS. Asked for again at every connection. */
  readonly ca?: () => string
  /** Asked for again at every connection, so that a rotated password is picked up; must not throw. */
  readonly credentials?: () => ValkeyCredentials
}

const tlsOf = (url: string, ca: (() => string) | undefined): Pick<RedisOptions, 'tls'> => {
  const { protocol, hostname } = new URL(url)
  if (!ca && protocol !== 'rediss:') return {}
  const name = isIP(hostname.replace(/^\[|\]$/g, '')) ? {} : { servername: hostname }
  if (!ca) return { tls: name }
  return {
    tls: {
      ...name,
      get ca() {
        return [ca()]
      },
    },
  }
}

/** ioredis reads these fields of its options whenever it connects. */
const renewing = (client: Redis, credentials: () => ValkeyCredentials) => {
  Object.defineProperties(client.options, {
    username: { get: () => credentials().username },
    password: { get: () => credentials().password },
  })
}

/** What a connection is made with. */
export interface ValkeyClientOptions {
  /** `redis://` or `rediss://`, may hold the password. */
  readonly url: string
  readonly security?: ValkeySecurity | undefined
  readonly kind: 'call' | 'subscribe'
  /** Names the connection in the log. */
  readonly what: string
  readonly log: Log
  readonly clock: Clock
}

/** Opens a connection, now or as soon as there is a server, again and again until `close`. */
export const createValkeyClient = (options: ValkeyClientOptions): ValkeyClient => {
  const { kind, clock } = options
  const outage = createOutage(options.what, options.log, clock)
  const client = new Redis(options.url, {
    ...(kind === 'call' ? callOptions : subscribeOptions),
    ...tlsOf(options.url, options.security?.ca),
    lazyConnect: true,
    // A greeting that needs a right of its own, and that Redis 7.0 does not know.
    disableClientInfo: true,
    connectTimeout: 2_000,
    // Short steps, so that a server that is back is noticed within a second.
    retryStrategy: (attempt) => Math.min(1_000, 50 * 2 ** Math.min(attempt, 6)),
    // A peer that vanished without a word sends no reset: a written command without any answer ends the connection.
    socketTimeout: probeMs,
  })
  if (options.security?.credentials) renewing(client, options.security.credentials)
  tolerate(client)
  client.on('error', outage.failed)
  const onClose = () => outage.failed(new Error('connection closed'))
  client.on('close', onClose)
  client.on('ready', outage.answered)
  client.connect().catch(ignore)

  const probe = () => {
    if (client.status === 'ready') client.ping().then(outage.answered, outage.failed)
  }
  const stopProbing = clock.every(probeMs, probe)
  return {
    client,
    outage,
    close: () => {
      stopProbing()
      // Leaving is no outage.
      client.off('close', onClose)
      client.disconnect()
    },
  }
}
