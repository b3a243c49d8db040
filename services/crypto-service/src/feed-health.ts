import type { Sources } from '@flux/runtime'
import type { FeedHealth } from './stream.ts'

const provider = 'coinbase'

/** Tells the feed's state in `platform.sources`: all connections up, some, or none. */
export const createFeedHealth = (sources: Pick<Sources, 'report' | 'seen'>): FeedHealth => ({
  state: (open, wanted, reason = 'connecting') => {
    if (open === wanted) return sources.report(provider, { state: 'ok' })
    const state = open === 0 ? 'down' : 'degraded'
    sources.report(provider, { state, reason: `${open} of ${wanted} connections: ${reason}` })
  },
  frame: (ok) => sources.seen(provider, ok ? 'ok' : 'failed'),
})
