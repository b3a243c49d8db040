import { clientEvent, type Entry, entry, historyMessage } from '@flux/contracts'
import type { Feed } from '../state/feed.ts'
import { type Handlers, refusal } from './handle.ts'

const entriesOf = (wires: readonly string[]): Entry[] =>
  wires.map((wire) => entry.parse(JSON.parse(wire)))

/** The long history of a group: the records of its ring, or its newest keys. Oldest first. */
const historyOf = (feed: Feed, name: string, group: string): readonly string[] | undefined => {
  const state = feed.stateOf(name)
  if (state?.channel.history.kind !== 'newest') return undefined
  for (const room of state.rooms()) {
    const entries = room.rings.get(group)?.entries
    if (entries) return entries.map((e) => e.wire)
    const keys = room.keysOfGroup(group)
    if (keys.length > 0) return keys.flatMap((key) => room.newest.get(key)?.wire ?? [])
  }
  return []
}

/** Handles `history`: `key` is the group's, as `BTC-USD` for candles and trades. */
export const serveHistory = (handlers: Handlers, feed: Feed): void => {
  handlers.on(clientEvent.history, historyMessage, ({ channel, key }, reply) => {
    const wires = historyOf(feed, channel, key)
    if (!wires) return reply(refusal('bad_request', 'This channel keeps no long history.'))
    const heads = feed.stateOf(channel)?.heads() ?? {}
    reply({ ok: true, epoch: feed.epoch() ?? null, entries: entriesOf(wires), heads })
  })
}
