/** Names of everything kept in Valkey. The number after `flux` is the layout's version. */
const prefix = 'flux1'

/** Keys of the shared cache, built in one place. */
export const cacheKey = {
  /** Snapshot of a channel as a replica last knew it. */
  snapshot: (channel: string) => `${prefix}:snapshot:${channel}`,
  /** A claim that one command window is taken. */
  demand: (topic: string, key: string) => `${prefix}:demand:${topic}:${key}`,
  /** A claim that a side effect happened. */
  once: (what: string, id: string) => `${prefix}:once:${what}:${id}`,
  /** A window of a provider's budget. */
  budget: (provider: string) => `${prefix}:budget:${provider}`,
  /** A provider's reply kept for other replicas. */
  reply: (provider: string, key: string) => `${prefix}:reply:${provider}:${key}`,
  /** One field of what is kept of a user. */
  user: (userId: string, field: string) => `${prefix}:user:${userId}:${field}`,
} as const

/** What the cache and the adapter call; `info` is how a client asks whether the server is loading. */
const valkeyCommands = [
  ...['get', 'mget', 'set', 'del'],
  ...['eval', 'time', 'zadd', 'zcard', 'zremrangebyscore', 'pexpire'],
  ...['ssubscribe', 'sunsubscribe', 'spublish', 'pubsub|shardnumsub'],
  ...['ping', 'info'],
]

/**
 * The rules of a Valkey user that may do what Flux does and nothing else, as an ACL file takes them after
 * `user NAME on #HASH`: the keys above, the channels of the Socket.IO adapter, the commands in use.
 */
export const valkeyAcl: string = [
  ...['resetkeys', `~${prefix}:*`],
  ...['resetchannels', '&socket.io#*'],
  ...['-@all', ...valkeyCommands.map((command) => `+${command}`)],
].join(' ')
