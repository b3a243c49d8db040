import { createMemoryCache } from '@flux/runtime'
import type { Server } from 'socket.io'
import { createPeers } from '../cluster/peers.ts'
import { createOperator, type OperatorRoutes } from '../operator/operator.ts'
import type { BffOptions } from '../options.ts'
import type { Feed } from '../state/feed.ts'
import { createUserEvents } from './events.ts'
import { createUsers, type Users } from './serve.ts'
import { createTabs } from './tabs.ts'

/** Starts to serve users and their operators over the connections of `io`. */
export const openUsers = (
  options: BffOptions,
  io: Server,
  feed: Pick<Feed, 'epoch'>,
): { readonly users: Users; readonly operator: OperatorRoutes } => {
  const { clock, log, metrics, newId, places, valkey } = options
  const peers = createPeers(io, valkey?.healthy)
  const tabs = createTabs()
  const events = createUserEvents(log, metrics)
  // A replica that stands alone keeps what it can.
  const cache = options.cache ?? createMemoryCache({ clock })
  const parts = { io, clock, peers, tabs, events }
  return {
    users: createUsers({ ...parts, cache, places, epoch: feed.epoch }),
    operator: createOperator({ ...parts, newId }),
  }
}
