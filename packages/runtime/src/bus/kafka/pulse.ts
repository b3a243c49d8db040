import type { Consumer } from 'kafkajs'
import type { Clock } from '../../clock.ts'

/** When the group coordinator last knew for sure that this member lives. */
interface Pulse {
  /** Milliseconds since then; infinite before the first join and after a loss. */
  age(): number
  /** The group generation that the last heartbeat belonged to (0 before the first). */
  generation(): number
  lost(): void
}

const alive: ReadonlySet<string> = new Set(['Heartbeat', 'JoinGroup', 'SyncGroup'])

/**
 * Watches a consumer's heartbeats and joins. What counts is when the request was sent, not when its answer was read:
 * a process that was stopped in between must not take an old answer for a new one.
 */
export const watchPulse = (clock: Clock) => {
  let candidate = Number.NEGATIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let generation = 0
  const watch = (consumer: Consumer, live: () => boolean) => {
    const { events } = consumer
    const confirm = () => {
      if (live()) last = Math.max(last, candidate)
    }
    consumer.on(events.REQUEST, ({ payload }) => {
      if (!live() || !alive.has(payload.apiName)) return
      candidate = clock.monotonic() - Math.max(0, payload.duration)
    })
    consumer.on(events.HEARTBEAT, ({ payload }) => {
      generation = payload.groupGenerationId
      confirm()
    })
    // The answer "join again" is given to members only.
    consumer.on(events.REBALANCING, confirm)
    consumer.on(events.GROUP_JOIN, confirm)
  }
  const pulse: Pulse = {
    age: () => clock.monotonic() - last,
    generation: () => generation,
    lost: () => {
      candidate = Number.NEGATIVE_INFINITY
      last = Number.NEGATIVE_INFINITY
    },
  }
  return { pulse, watch }
}
