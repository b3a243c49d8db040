import { z } from 'zod'
import { hash128 } from '../market/random.ts'

/** The channels that the stand-in sends frames for. */
export const channels = ['ticker', 'ticker_batch', 'heartbeat', 'matches'] as const

/** One of `channels`. */
export type Channel = (typeof channels)[number]

const signedChannels = ['level2', 'level3', 'full', 'user']

/** An error frame's content. */
export interface ErrorFrame {
  readonly type: 'error'
  readonly message: string
  readonly reason?: string
}

/** One channel of a request; without products, the request's own ones (or all, when unsubscribing) are meant. */
interface Wanted {
  readonly channel: string
  readonly products: readonly string[] | undefined
}

/** A subscribe or unsubscribe message, both forms of its channels brought into one. */
export interface ClientRequest {
  readonly type: 'subscribe' | 'unsubscribe'
  readonly wanted: readonly Wanted[]
}

/** What the exchange trades, and what it no longer does. */
export interface Known {
  isProduct(id: string): boolean
  isDelisted(id: string): boolean
}

const typeSchema = z.looseObject({ type: z.enum(['subscribe', 'unsubscribe']) })
const requestSchema = z.object({
  product_ids: z.array(z.string()).optional(),
  channels: z
    .array(
      z.union([
        z.string(),
        z.object({ name: z.string(), product_ids: z.array(z.string()).optional() }),
      ]),
    )
    .optional(),
})

const failure = (type: string, reason: string): ErrorFrame => ({
  type: 'error',
  message: `Failed to ${type}`,
  reason,
})

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a client's message; an error frame for whatever is not a request. Never throws. */
export const parseRequest = (text: string): ClientRequest | ErrorFrame => {
  const json = parseJson(text)
  if (json === undefined) return { type: 'error', message: 'Malformed JSON' }
  const typed = typeSchema.safeParse(json)
  if (!typed.success) {
    return { type: 'error', message: 'Type has to be either subscribe or unsubscribe' }
  }
  const { type } = typed.data
  const request = requestSchema.safeParse(json)
  if (!request.success) return failure(type, 'Invalid channels or product_ids')
  const { channels: named = [], product_ids: products } = request.data
  if (named.length === 0) return failure(type, 'No channels provided')
  return {
    type,
    wanted: named.map((entry) =>
      typeof entry === 'string'
        ? { channel: entry, products }
        : { channel: entry.name, products: entry.product_ids ?? products },
    ),
  }
}

const isChannel = (name: string): name is Channel => channels.some((channel) => channel === name)

const channelFault = ({ channel }: Wanted): string | undefined => {
  if (signedChannels.includes(channel)) {
    return 'level2, level3, and full channels now require authentication. https://docs.cloud.coinbase.com/exchange/docs/websocket-auth'
  }
  return isChannel(channel) ? undefined : `${channel} is not a valid channel`
}

const productsFault = ({ products }: Wanted, known: Known): string | undefined => {
  if (products === undefined || products.length === 0) return 'No products provided'
  const bad = products.find((id) => !known.isProduct(id))
  if (bad === undefined) return undefined
  return known.isDelisted(bad) ? `${bad} is delisted` : `${bad} is not a valid product`
}

/** One (channel, product) pair. */
export interface Pair {
  readonly channel: Channel
  readonly product: string
}

/** What one connection is subscribed to. */
export interface Subscriptions {
  has(channel: Channel, product: string): boolean
  /** Applies a whole request or nothing of it: the pairs that are new, or the error frame. */
  apply(request: ClientRequest): readonly Pair[] | ErrorFrame
  /** The `subscriptions` frame: everything there is now. */
  frame(): string
  /** Products per channel. */
  counts(): Readonly<Record<string, number>>
}

// The exchange answers in an order of its own, not in the one that was asked for.
const exchangeOrder = (a: string, b: string): number => hash128(a)[0] - hash128(b)[0]

/** Subscriptions of a new connection: none. */
export const createSubscriptions = (known: Known): Subscriptions => {
  const held = new Map<Channel, Set<string>>()

  const subscribe = (wanted: readonly Wanted[]): readonly Pair[] | ErrorFrame => {
    for (const one of wanted) {
      const fault = channelFault(one) ?? productsFault(one, known)
      if (fault) return failure('subscribe', fault)
    }
    const added: Pair[] = []
    for (const { channel, products = [] } of wanted) {
      if (!isChannel(channel)) continue
      const set = held.get(channel) ?? new Set()
      held.set(channel, set)
      for (const product of products) {
        if (!set.has(product)) added.push({ channel, product })
        set.add(product)
      }
    }
    return added
  }
  const unsubscribe = (wanted: readonly Wanted[]): readonly Pair[] | ErrorFrame => {
    const bad = wanted.find(({ channel }) => !isChannel(channel))
    if (bad) return failure('unsubscribe', `${bad.channel} is not a valid channel`)
    for (const { channel, products } of wanted) {
      if (!isChannel(channel)) continue
      const set = held.get(channel)
      for (const product of products ?? []) set?.delete(product)
      if (products === undefined || set?.size === 0) held.delete(channel)
    }
    return []
  }
  const echo = () =>
    [...held]
      .sort(([a], [b]) => exchangeOrder(a, b))
      .map(([name, products]) => ({
        name,
        product_ids: [...products].sort(exchangeOrder),
        account_ids: null,
      }))

  return {
    has: (channel, product) => held.get(channel)?.has(product) ?? false,
    apply: ({ type, wanted }) => (type === 'subscribe' ? subscribe(wanted) : unsubscribe(wanted)),
    frame: () => JSON.stringify({ type: 'subscriptions', channels: echo() }),
    counts: () => Object.fromEntries([...held].map(([channel, set]) => [channel, set.size])),
  }
}
