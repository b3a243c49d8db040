import type { Clock } from '@flux/runtime'
import type { GatewayEvents } from './events.ts'

/** What is used of an Engine.IO connection. */
interface Connection {
  once(event: 'close', listener: () => void): unknown
}

/** Who waited for so long and has gone was sent away in effect, in milliseconds. */
const patienceMs = 5_000

interface Attempt {
  readonly startedAt: number
  /** It has asked to be let in: a connection that says nothing waits for nothing. */
  hasAsked: boolean
  isAnswered: boolean
}

/** Times connections from their beginning until they are answered. */
export const watchHandshakes = (
  clock: Clock,
  events: Pick<GatewayEvents, 'refused' | 'welcomed'>,
) => {
  const attempts = new WeakMap<Connection, Attempt>()
  return {
    begin: (connection: Connection): void => {
      const attempt = { startedAt: clock.monotonic(), hasAsked: false, isAnswered: false }
      attempts.set(connection, attempt)
      connection.once('close', () => {
        if (!attempt.hasAsked || attempt.isAnswered) return
        if (clock.monotonic() - attempt.startedAt >= patienceMs) events.refused('timeout')
      })
    },
    asks: (connection: Connection): void => {
      const attempt = attempts.get(connection)
      if (attempt) attempt.hasAsked = true
    },
    /** It was told why it may not come in. */
    refuse: (connection: Connection, why: 'token' | 'busy'): void => {
      events.refused(why)
      const attempt = attempts.get(connection)
      if (attempt) attempt.isAnswered = true
    },
    /** It was told its session. */
    welcome: (connection: Connection): void => {
      const attempt = attempts.get(connection)
      if (!attempt) return
      attempt.isAnswered = true
      events.welcomed(clock.monotonic() - attempt.startedAt)
    },
  }
}
