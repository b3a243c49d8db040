import type { ProviderDeps } from '../provider.ts'
import type { Connection } from '../sockets.ts'
import { damageFrame } from './damage.ts'
import type { Channel, Subscriptions } from './protocol.ts'

/** The name that this provider's faults and counts go by. */
export const provider = 'coinbase'

/** One frame for everybody who subscribed to its channel and product; made only when somebody did. */
interface Outgoing {
  readonly channel: Channel
  readonly product: string
  readonly type: string
  make(): string
}

/** A connection and what it is subscribed to. */
export interface Client {
  readonly connection: Connection
  readonly subscriptions: Subscriptions
}

/** Does a fault for one product, or for all of them, concern this one? */
export const concerns =
  (product: string) =>
  (fault: { provider: string; product?: string | undefined }): boolean =>
    fault.provider === provider && (fault.product ?? product) === product

/** Sends frames to the clients that want them. */
export interface Delivery {
  plain(out: Outgoing): void
  /** With the faults that hit frames about trades. */
  faulty(out: Outgoing): void
  /** To every connection, whatever it is subscribed to. */
  all(type: string, frame: string): void
}

/** Delivery to whoever is in `clients` at that moment, in order of arrival. */
export const createDelivery = (
  clients: ReadonlySet<Client>,
  faults: ProviderDeps['faults'],
): Delivery => {
  const send = (to: readonly Client[], type: string, frame: string) => {
    for (const { connection } of to) connection.send(type, frame)
  }
  const subscribed = ({ channel, product }: Outgoing) =>
    [...clients].filter(({ subscriptions }) => subscriptions.has(channel, product))

  return {
    plain: (out) => {
      const to = subscribed(out)
      if (to.length > 0) send(to, out.type, out.make())
    },
    faulty: (out) => {
      const to = subscribed(out)
      if (to.length === 0) return
      const frame = out.make()
      const fits = concerns(out.product)
      const garbage = faults.take(
        'garbage',
        (fault) => fits(fault) && (fault.damage !== 'zero_open' || out.type === 'ticker'),
      )
      if (garbage) send(to, 'garbage', damageFrame(frame, garbage.damage))
      if (garbage?.mode === 'replace') return
      send(to, out.type, frame)
      if (faults.take('duplicate', fits)) send(to, out.type, frame)
    },
    all: (type, frame) => send([...clients], type, frame),
  }
}
