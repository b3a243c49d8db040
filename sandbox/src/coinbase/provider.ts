import type { Provider, ProviderDeps } from '../provider.ts'
import { provider } from './delivery.ts'
import { createFeed, type Feed } from './feed.ts'
import { registerRest } from './rest.ts'

const messages: Readonly<Record<number, string>> = {
  401: 'Unauthorized.',
  403: 'Forbidden',
  404: 'NotFound',
  429: 'Public rate limit exceeded',
  500: 'Internal server error',
  503: 'Service Unavailable',
}

/** Coinbase Exchange, and its feed for whoever replays recordings or asks for subscriptions. */
export interface Coinbase extends Provider {
  /** Throws before `register`. */
  feed(): Feed
}

const playBurst = (
  deps: ProviderDeps,
  options: { product?: string | undefined; count: number },
) => {
  let made = 0
  while (made < options.count && deps.market.step(options.product)) made += 1
  return made
}

/** The stand-in for Coinbase Exchange: stream at `/coinbase/ws`, REST under `/coinbase`. */
export const createCoinbase = (): Coinbase => {
  let feed: Feed | undefined
  const prefix = '/coinbase'
  return {
    name: provider,
    prefix,
    errorBody: (status) => ({ message: messages[status] ?? 'Internal server error' }),
    feed: () => {
      if (!feed) throw new Error('the feed exists once the provider is registered')
      return feed
    },
    register: (app, deps) => {
      const { faults, sockets, market } = deps
      const stream = createFeed(deps)
      feed = stream
      registerRest(app, market)
      sockets.serve({ provider, path: `${prefix}/ws`, open: stream.open })
      faults.onInstant((fault) => {
        if (fault.provider !== provider) return 0
        if (fault.kind === 'drop') return sockets.drop(provider)
        if (fault.kind === 'burst') return playBurst(deps, fault)
        const repeated = Array.from({ length: fault.count }, () => stream.sendError(fault))
        return repeated.at(-1) ?? 0
      })
    },
  }
}
