import type { Refusal, RefusalCode } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Socket } from 'socket.io'
import { closeTransport } from '../fanout/edge.ts'
import type { GatewayEvents } from './events.ts'
import { createBucket, createStrikes } from './rate.ts'

/** Anything that reads an unknown message. */
interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

/** What a client is answered. */
type Answer = ({ readonly ok: true } & Readonly<Record<string, unknown>>) | Refusal

/** Answers a message; calling it again does nothing. */
export type Reply = (answer: Answer) => void

/** Registers the handlers of one socket. */
export interface Handlers {
  /** `fn` has to reply; when it throws, the client is told `busy`. */
  on<T>(
    event: string,
    schema: Schema<T>,
    fn: (message: T, reply: Reply) => Promise<void> | void,
  ): void
}

interface HandleOptions {
  readonly clock: Clock
  readonly events: GatewayEvents
  /** Messages of one socket: at once, and per second afterwards. */
  readonly rate: { readonly burst: number; readonly perSecond: number }
}

/** A refusal. */
export const refusal = (code: RefusalCode, message: string, retryAfterMs?: number): Refusal => ({
  ok: false,
  code,
  message,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

const replyOf = (event: string, args: readonly unknown[], events: GatewayEvents): Reply => {
  const ack = args.at(-1)
  let replied = false
  return (answer) => {
    if (replied) return
    replied = true
    events.answered(event, answer.ok ? 'ok' : answer.code)
    if (typeof ack === 'function') ack(answer)
  }
}

/**
 * The one place that listens to a client. Messages of one socket are handled one after another; whatever is sent gets an
 * answer or a closed socket, never an unhandled rejection.
 */
export const handleSocket = (socket: Socket, options: HandleOptions): Handlers => {
  const { clock, events, rate } = options
  const bucket = createBucket(rate)
  const strikes = createStrikes()
  const served = new Set<string>()
  let chain = Promise.resolve()

  const isAdmitted = (reply: Reply): boolean => {
    const now = clock.monotonic()
    const verdict = bucket.take(now)
    const isOver = strikes.note(verdict, now)
    if (!verdict.ok) reply(refusal('rate_limited', 'Too many messages.', verdict.retryAfterMs))
    if (isOver) {
      events.evicted()
      closeTransport(socket)
    }
    return verdict.ok
  }

  socket.on('error', () => closeTransport(socket))
  // One session per connection: the next one on it would begin with fresh limits.
  socket.on('disconnect', (reason) => {
    events.left(reason)
    closeTransport(socket)
  })
  socket.onAny((event: unknown, ...args: unknown[]) => {
    if (typeof event === 'string' && served.has(event)) return
    const reply = replyOf('unknown', args, events)
    if (isAdmitted(reply)) reply(refusal('bad_request', 'There is no such event.'))
  })

  return {
    on: (event, schema, fn) => {
      served.add(event)
      socket.on(event, (...args: unknown[]) => {
        const reply = replyOf(event, args, events)
        if (!isAdmitted(reply)) return
        const parsed = schema.safeParse(args[0])
        if (!parsed.success) return reply(refusal('bad_request', `This is not a valid ${event}.`))
        chain = chain
          .then(() => (socket.connected ? fn(parsed.data, reply) : undefined))
          .catch((error: unknown) => {
            events.broke(event, error)
            reply(refusal('busy', 'This did not work. Try again.', 1_000))
          })
      })
    },
  }
}
