import { clientEvent, type Entry, type Watermarks, watermarks } from '@flux/contracts'
import { isEntry, isObject, refusalIn } from './ack.ts'
import { type Content, toHeld } from './content.ts'
import { FluxClientError } from './errors.ts'
import type { Intake } from './intake.ts'
import type { SocketPort } from './socket.ts'
import { ackTimeoutMs } from './subscriptions.ts'
import { isPartition } from './take-in.ts'
import type { Held } from './types.ts'

/** A key's long history as the server sent it. */
export interface HistoryAnswer {
  readonly epoch: string | null
  readonly entries: readonly Entry[]
  readonly heads: Watermarks
}

const parse = (answer: unknown): HistoryAnswer => {
  const refusal = refusalIn(answer)
  if (refusal) throw new FluxClientError(refusal.code, refusal.message, refusal.retryAfterMs)
  const whole = isObject(answer) ? answer : {}
  const heads = watermarks.safeParse(whole['heads'])
  const { epoch, entries } = whole
  if (!heads.success || !Array.isArray(entries)) {
    throw new FluxClientError('malformed', 'The answer is no history')
  }
  return {
    epoch: typeof epoch === 'string' ? epoch : null,
    entries: entries.filter(isEntry),
    heads: heads.data,
  }
}

/** Asks for a key's long history. Throws FluxClientError: `offline`, `timeout`, `malformed` or the server's refusal. */
export const askHistory = async (
  socket: SocketPort | undefined,
  channel: string,
  key: string,
): Promise<HistoryAnswer> => {
  if (!socket) throw new FluxClientError('offline', 'There is no connection')
  const answer = await socket
    .emitWithAck(clientEvent.history, { channel, key }, ackTimeoutMs)
    .catch(() => {
      throw new FluxClientError('timeout', 'No answer came')
    })
  return parse(answer)
}

/** What histories are put into. */
export interface HistoryTarget {
  readonly content: Content
  readonly intake: Intake
  /** The client's time, epoch milliseconds. */
  readonly now: number
}

/**
 * Puts a history behind what is held and moves no position. A room that is not current gets nothing: its hydrate has to
 * come first, since only the hydrate knows what is new. Returns the records, the oldest first as they were sent.
 */
export const addHistory = (target: HistoryTarget, answer: HistoryAnswer): readonly Held[] => {
  const { content, intake, now } = target
  const records = answer.entries.filter((entry) => entry.d !== null)
  const sameLog = answer.epoch === null || answer.epoch === intake.epoch()
  const fitting = sameLog ? records.filter((entry) => fits(target, answer, entry)) : []
  if (content.channel.delivery === 'ordered') {
    for (const [key, own] of Map.groupBy(fitting, (entry) => entry.k)) {
      content.backfill(
        key,
        own.map((entry) => toHeld(entry, now)),
      )
    }
  } else {
    for (const entry of fitting) if (content.judge(entry) === 'newer') content.put(entry, now)
  }
  return records.map((entry) => toHeld(entry, now))
}

const fits = ({ content, intake }: HistoryTarget, { heads }: HistoryAnswer, entry: Entry) => {
  const { name, delivery } = content.channel
  const room = content.channel.roomOf(entry.k)
  const [partition, offset] = entry.p
  if (!isPartition(partition) || !intake.isLive(room)) return false
  const own = intake.position(room, name, partition) ?? -1
  // An ordered record beyond the position is on its way and counts when it comes.
  if (delivery === 'ordered') return offset <= own
  // Where the client is ahead of the replica, a key that is not here may have been removed since.
  return content.held(entry.k) !== undefined || own <= (heads[partition] ?? -1)
}
