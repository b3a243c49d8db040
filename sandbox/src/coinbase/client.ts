import type { Cancel } from '@flux/runtime'
import { delisted } from '../market/universe.ts'
import type { ProviderDeps } from '../provider.ts'
import type { Connection, ConnectionHandler } from '../sockets.ts'
import type { Client } from './delivery.ts'
import { createSubscriptions, type Pair, parseRequest } from './protocol.ts'

/** A client that has not subscribed to anything by then is disconnected. */
const subscribeWithinMs = 5_000

/** Speaks the subscription protocol with one connection; `greet` sends what a new subscription begins with. */
export const createClient = (
  connection: Connection,
  deps: ProviderDeps,
  greet: (pair: Pair) => void,
): Client & ConnectionHandler => {
  const subscriptions = createSubscriptions({
    isProduct: (id) => deps.market.instruments.has(id),
    isDelisted: (id) => delisted.includes(id),
  })
  const refuse = (error: object) => connection.send('error', JSON.stringify(error))
  const deadline: Cancel = deps.clock.after(subscribeWithinMs, () =>
    connection.close(1008, 'no subscription in time'),
  )
  return {
    connection,
    subscriptions,
    onMessage: (text) => {
      const request = parseRequest(text)
      if (request.type === 'error') return refuse(request)
      const added = subscriptions.apply(request)
      if ('type' in added) return refuse(added)
      if (request.type === 'subscribe') deadline()
      connection.send('subscriptions', subscriptions.frame())
      for (const pair of added) greet(pair)
    },
    onClose: deadline,
  }
}
