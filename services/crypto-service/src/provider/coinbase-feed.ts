import { type Clock, openStream, type Send } from '@flux/runtime'
import { type Frame, parseFrame } from './coinbase-frames.ts'

const channels = ['ticker', 'matches', 'heartbeat']

/** What a feed tells and needs. */
export interface FeedOptions {
  readonly url: string
  /** More products than this are spread over several connections. */
  readonly perConnection: number
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
  onFrame(frame: Frame): void
  /** A connection is up; what came before may have a gap. */
  onOpen(): void
  onClose(reason: string): void
  /** The exchange does not know the product (any more): it is left out from now on. */
  onRefused(product: string): void
  /** A connection can never work (a wrong address): the feed is dead. */
  onFatal(error: unknown): void
}

/** The Exchange feed over as many connections as the list of products needs. */
export interface Feed {
  /** Replaces the list: only what changed is subscribed and unsubscribed. */
  setProducts(products: readonly string[]): void
  /** Connections that are up, and all that should be. */
  connections(): { readonly open: number; readonly wanted: number }
}

interface Connection {
  readonly products: Set<string>
  isOpen(): boolean
  add(products: readonly string[]): void
  remove(products: readonly string[]): void
  close(): void
}

const message = (type: 'subscribe' | 'unsubscribe', products: Iterable<string>) =>
  JSON.stringify({ type, product_ids: [...products], channels })

/** The product that an error frame is about: "LOOM-USD is delisted", "X-USD is not a valid product". */
export const refusedProduct = (text: string): string | undefined =>
  /(?:^|\s)([A-Z0-9]{1,12}-[A-Z0-9]{2,6}) is (?:delisted|not a valid product)/.exec(text)?.[1]

const connect = (options: FeedOptions): Connection => {
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  const products = new Set<string>()
  let send: Send | undefined

  /** One bad product fails the whole message: without it, the rest is asked for again. */
  const refuse = (product: string) => {
    if (!products.delete(product)) return
    options.onRefused(product)
    if (products.size === 0) closing.abort()
    else send?.(message('subscribe', products))
  }

  const onMessage = (data: string) => {
    const frame = parseFrame(data)
    const refused = frame.kind === 'error' ? refusedProduct(frame.message) : undefined
    if (refused !== undefined) refuse(refused)
    options.onFrame(frame)
  }

  const run = async () => {
    const { url, clock, random } = options
    const onOpen = (opened: Send) => void opened(message('subscribe', products))
    const stream = { provider: 'coinbase', url, clock, random, signal, onOpen }
    for await (const event of openStream(stream)) {
      if (event.type === 'message') onMessage(event.data)
      else if (event.type === 'open') {
        send = event.send
        options.onOpen()
      } else {
        send = undefined
        options.onClose(event.reason)
      }
    }
  }
  // Begun a turn later, when the first products are in the list.
  Promise.resolve().then(run).catch(options.onFatal)

  return {
    products,
    isOpen: () => send !== undefined,
    add: (added) => {
      for (const product of added) products.add(product)
      send?.(message('subscribe', added))
    },
    remove: (removed) => {
      for (const product of removed) products.delete(product)
      if (products.size === 0) closing.abort()
      else send?.(message('unsubscribe', removed))
    },
    close: () => closing.abort(),
  }
}

/** A feed without products has no connection. It ends with its signal. */
export const createCoinbaseFeed = (options: FeedOptions): Feed => {
  let connections: Connection[] = []

  const remove = (wanted: ReadonlySet<string>) => {
    for (const connection of connections) {
      const gone = [...connection.products].filter((product) => !wanted.has(product))
      if (gone.length > 0) connection.remove(gone)
    }
    connections = connections.filter((connection) => connection.products.size > 0)
  }

  const add = (products: readonly string[]) => {
    let rest = products
    for (const connection of connections) {
      const room = Math.max(0, options.perConnection - connection.products.size)
      if (room > 0 && rest.length > 0) connection.add(rest.slice(0, room))
      rest = rest.slice(room)
    }
    for (; rest.length > 0; rest = rest.slice(options.perConnection)) {
      const connection = connect(options)
      connection.add(rest.slice(0, options.perConnection))
      connections.push(connection)
    }
  }

  return {
    setProducts: (products) => {
      const wanted = new Set(products)
      remove(wanted)
      const have = new Set(connections.flatMap((connection) => [...connection.products]))
      add([...wanted].filter((product) => !have.has(product)))
    },
    connections: () => ({
      open: connections.filter((connection) => connection.isOpen()).length,
      wanted: connections.length,
    }),
  }
}
