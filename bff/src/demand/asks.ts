import {
  type Channel,
  type Command,
  channelByName,
  commands,
  matchesRoom,
  parseRoom,
} from '@flux/contracts'
import type { ChannelState } from '../state/channel-state.ts'

/** What a room can ask for: a command, and the channel that answers it. */
export interface Ask {
  readonly command: Command
  readonly channel: Channel
  readonly body: unknown
  /** The key of the command's record. */
  readonly key: string
}

/** Why a value is asked for. */
export const reasons = ['missing', 'stale'] as const

/** Why a value is asked for. */
export type Reason = (typeof reasons)[number]

/** Everything that a room can ask for; nothing for a room whose channels come by themselves. */
export const asksOf = (room: string): readonly Ask[] => {
  const part = parseRoom(room)?.part
  if (part === undefined) return []
  return commands.flatMap((command) => {
    const channel = channelByName(command.refreshes)
    if (!channel || !matchesRoom(channel.roomPattern, room)) return []
    const body = command.bodyOf(part)
    return [{ command, channel, body, key: command.keyOf(body) }]
  })
}

/**
 * Why the room needs an answer at `now` (epoch milliseconds), or `undefined`. Age goes by the append time: a provider
 * may answer with an old fact again and again, and a value that says that fetching failed is an answer too.
 */
export const needOf = (
  state: Pick<ChannelState, 'channel' | 'room'> | undefined,
  room: string,
  now: number,
): Reason | undefined => {
  const values = [...(state?.room(room)?.newest.values() ?? [])].filter((entry) => !entry.removed)
  if (values.length === 0) return 'missing'
  const youngest = Math.max(...values.map((entry) => entry.appendedAt))
  return now - youngest > (state?.channel.ages.refreshAfterMs ?? Number.POSITIVE_INFINITY)
    ? 'stale'
    : undefined
}
