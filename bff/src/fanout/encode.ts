import { serverEvent } from '@flux/contracts'
import { createFrame, type Frame } from './frame.ts'
import { type Outgoing, outgoing } from './outgoing.ts'
import type { Packs, Resync } from './pending.ts'

/** `hydrate` messages of one channel of a room as JSON texts. */
export type HydrateOf = (room: string, channel: string, why: Resync) => readonly string[]

/** What tells a channel of a room anew. */
export const hydrateFrames = (texts: readonly string[]): readonly Frame[] =>
  texts.map((wire) => createFrame({ event: serverEvent.hydrate, wire, key: undefined }))

/** What rooms are owed as it leaves: hydrates of the channels that cannot be told one by one first, then the frames. */
export const encodePacks = (
  packs: Packs,
  rooms: Iterable<string>,
  hydrateOf: HydrateOf,
): ReadonlyMap<string, Outgoing> => {
  const encoded = new Map<string, Outgoing>()
  for (const room of rooms) {
    const pack = packs.get(room)
    if (!pack) continue
    const hydrates = [...pack.resyncs].flatMap(([channel, why]) =>
      hydrateFrames(hydrateOf(room, channel, why)),
    )
    encoded.set(room, outgoing([...hydrates, ...pack.frames]))
  }
  return encoded
}
