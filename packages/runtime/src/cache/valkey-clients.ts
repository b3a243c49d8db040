import type { Redis } from 'ioredis'
import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import { createValkeyClient, type ValkeySecurity } from './valkey-client.ts'

/** The two connections of the Socket.IO adapter. */
export interface ValkeyClients {
  /** Publishes: fails at once while the server is away, so that delivery on the own replica never waits for it. */
  readonly pub: Redis
  /** Subscribes: rooms joined during an outage are subscribed after it. */
  readonly sub: Redis
  /** True while both connections answer. */
  healthy(): boolean
  close(): Promise<void>
}

/** Opens both connections, server or no server; the process neither waits for them nor dies of them. */
export const valkeyClients = (
  url: string,
  options: { log: Log; clock: Clock; security?: ValkeySecurity },
): ValkeyClients => {
  const pub = createValkeyClient({ url, kind: 'call', what: 'valkey (publish)', ...options })
  const sub = createValkeyClient({ url, kind: 'subscribe', what: 'valkey (subscribe)', ...options })
  return {
    pub: pub.client,
    sub: sub.client,
    healthy: () => pub.outage.healthy() && sub.outage.healthy(),
    close: async () => {
      pub.close()
      sub.close()
    },
  }
}
