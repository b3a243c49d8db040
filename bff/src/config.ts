import { integer, kafkaSettings, list, port, setting, valkeySettings } from '@flux/runtime'
import * as z from 'zod'
import { parseNetworks } from './gateway/address.ts'
import type { SessionKey } from './gateway/token.ts'

const minSecretBytes = 32

const sessionKey = (text: string): SessionKey | undefined => {
  const [kid, secret, ...rest] = text.split(':')
  if (!kid || !secret || rest.length > 0 || Buffer.byteLength(secret) < minSecretBytes)
    return undefined
  return { kid, secret: new TextEncoder().encode(secret) }
}

const sessionKeys = list.transform((texts, context): readonly [SessionKey, ...SessionKey[]] => {
  const [first, ...rest] = texts.map(sessionKey)
  const others = rest.filter((key) => key !== undefined)
  // Of two keys with one id only one could verify.
  const ids = new Set([first, ...others].map((key) => key?.kid))
  if (first && ids.size === texts.length) return [first, ...others]
  context.addIssue({ code: 'custom', message: 'has a wrong form' })
  return z.NEVER
})

const networks = list.refine(
  (texts) => {
    try {
      return Boolean(parseNetworks(texts))
    } catch {
      return false
    }
  },
  { error: 'has a part that is no network' },
)

const origins = list
  .refine((texts) => texts.every((text) => URL.canParse(text)), {
    error: 'has a part that is no origin, as https://app.example',
  })
  .transform((texts) => texts.map((text) => new URL(text).origin))

/** A limit that 0 takes away. */
const limitOrNone = integer(0, 1_000_000).transform((limit) =>
  limit === 0 ? Number.POSITIVE_INFINITY : limit,
)

/** What the BFF reads from its environment. */
export const settings = {
  ...kafkaSettings,
  ...valkeySettings,
  port: setting('PORT', port, { help: 'public port of HTTP and WebSocket', default: '3000' }),
  sessionKeys: setting('SESSION_KEYS', sessionKeys, {
    help: `keys of guest tokens, kid:secret separated by commas, secrets of ${minSecretBytes} bytes or more, the first signs; the same on every replica`,
    secret: true,
  }),
  allowedOrigins: setting('ALLOWED_ORIGINS', origins, {
    help: "origins of pages that may connect, separated by commas; none: the request's own host",
  }),
  trustedProxies: setting('TRUSTED_PROXIES', networks, {
    help: 'networks whose X-Forwarded-For is believed, as 10.0.0.0/8, separated by commas',
  }),
  maxConnections: setting('MAX_CONNECTIONS', integer(1, 1_000_000), {
    help: 'connections of this replica',
    default: '20000',
  }),
  maxPerAddress: setting('MAX_CONNECTIONS_PER_ADDRESS', limitOrNone, {
    help: 'connections of one client address (IPv6: /64); 0 for no limit: behind a proxy that is not in TRUSTED_PROXIES all clients have its address',
    default: '500',
  }),
  eventBurst: setting('EVENT_BURST', integer(1, 10_000), {
    help: 'messages of one socket at once',
    default: '20',
  }),
  eventsPerSecond: setting('EVENTS_PER_SECOND', integer(1, 10_000), {
    help: 'messages of one socket per second after the burst',
    default: '5',
  }),
  coldPerMinute: setting('COLD_HYDRATES_PER_MINUTE', integer(1, 10_000), {
    help: 'times per minute that one socket may join rooms without a cursor',
    default: '10',
  }),
  hydrateBytes: setting('HYDRATE_BYTES_IN_FLIGHT', integer(65_536, 1_073_741_824), {
    help: 'bytes of hydrates on their way at a time; later ones wait in line',
    default: '16777216',
  }),
  newDemandPerUser: setting('NEW_DEMAND_PER_USER', integer(1, 10_000), {
    help: 'rooms without a value that one user may have asked for in a minute',
    default: '6',
  }),
  newDemandPerAddress: setting('NEW_DEMAND_PER_ADDRESS', limitOrNone, {
    help: 'rooms without a value that one client address may have asked for in a minute; 0 for no limit',
    default: '60',
  }),
  snapshotMs: setting('SNAPSHOT_MS', integer(100, 3_600_000), {
    help: 'milliseconds between two snapshots of a channel in Valkey',
    default: '10000',
  }),
  tickMs: setting('TICK_MS', integer(1, 1_000), {
    help: 'shortest time between two flushes of the fan-out, in milliseconds',
    default: '10',
  }),
  drainMs: setting('DRAIN_MS', integer(0, 600_000), {
    help: 'milliseconds over which clients are sent away at the end; less than SHUTDOWN_TIMEOUT_MS',
    default: '5000',
  }),
} as const
