import { createFluxClient, type FluxClient } from '@flux/client'
import type { ChannelName, Entry } from '@flux/contracts'

/** A client that remembers what it was given and can say whether a promise was broken. */
export interface Checker {
  readonly client: FluxClient
  /** Trade ids in the order they came, per product. */
  trades(product: string): readonly number[]
  /** Broken promises, as sentences: something went backwards or came twice. */
  faults(): readonly string[]
  close(): void
}

/** Connects a client that wants these rooms. */
export const openChecker = (url: string, rooms: readonly string[]): Checker => {
  const client = createFluxClient({ url })
  const trades = new Map<string, number[]>()
  const versions = new Map<string, number>()
  const faults: string[] = []

  const checkLatest = (id: string, { v }: Entry) => {
    const before = versions.get(id) ?? -1
    if (v < before) faults.push(`${id} went from version ${before} back to ${v}`)
    versions.set(id, v)
  }
  const checkOrdered = ({ k, v }: Entry) => {
    const seen = trades.get(k) ?? []
    trades.set(k, seen)
    const last = seen.at(-1)
    if (last !== undefined && v <= last) faults.push(`trade ${v} of ${k} came after ${last}`)
    seen.push(v)
  }
  client.onRecord((channel: ChannelName, entry) => {
    if (channel === 'crypto.trades') checkOrdered(entry)
    else if (channel !== 'platform.stats' && entry.d !== null)
      checkLatest(`${channel} ${entry.k}`, entry)
  })
  for (const room of rooms) client.want(room)
  client.connect()
  return {
    client,
    trades: (product) => trades.get(product) ?? [],
    faults: () => faults,
    close: () => client.close(),
  }
}
