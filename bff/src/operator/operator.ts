import {
  adapterRoom,
  isSubscribable,
  noticeMessage,
  serverEvent,
  userId as userIdSchema,
  userRoom,
} from '@flux/contracts'
import { type Clock, type InternalHandler, type InternalReply, jsonReply } from '@flux/runtime'
import type { Server } from 'socket.io'
import * as z from 'zod'
import type { Peers } from '../cluster/peers.ts'
import { closeTransport } from '../fanout/edge.ts'
import type { UserEvents } from '../user/events.ts'
import type { Tabs } from '../user/tabs.ts'

/** What operators may do needs. */
export interface OperatorOptions {
  readonly io: Server
  readonly clock: Clock
  readonly peers: Peers
  readonly tabs: Tabs
  readonly events: Pick<UserEvents, 'noticed' | 'sentAway'>
  newId(): string
}

/** POST paths of the internal port and what answers them. */
export type OperatorRoutes = ReadonlyMap<string, InternalHandler>

const isRoom = (room: string): boolean => {
  const user = userIdSchema.safeParse(room.replace(/^user\./, ''))
  return isSubscribable(room) || (user.success && room === userRoom(user.data))
}

const notice = z.strictObject({
  text: z.string().min(1).max(500),
  level: z.optional(noticeMessage.shape.level),
  room: z
    .string()
    .refine(isRoom, { error: 'is no room, as crypto.global or user.{id}' })
    .optional(),
})

const disconnect = z.strictObject({ userId: userIdSchema })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a body; what is wrong with it is answered with 400, fault by fault. */
const reading =
  <T>(schema: z.ZodType<T>, usage: string, perform: (message: T) => object) =>
  (body: string): InternalReply => {
    const message = schema.safeParse(parse(body))
    if (message.success) return jsonReply(200, { ok: true, ...perform(message.data) })
    const faults = message.error.issues.map((issue) =>
      [issue.path.join('.'), issue.message].filter(Boolean).join(': '),
    )
    return jsonReply(400, { ok: false, code: 'bad_request', message: usage, faults })
  }

const disconnectEvent = 'user:disconnect'

/** What the operators may do, over all replicas; `replicas` in the answer says whether the others are told. */
export const createOperator = (options: OperatorOptions): OperatorRoutes => {
  const { io, clock, peers, tabs, events, newId } = options
  const reach = () => ({ replicas: peers.reached() ? 'all' : 'this one' })
  /** A lost transport to its clients, which come back by themselves. */
  const sendAway = (userId: string): number => {
    const own = tabs.of(userId)
    for (const { socket } of own) closeTransport(socket)
    events.sentAway(userId, own.length)
    return own.length
  }
  peers.on(disconnectEvent, disconnect, ({ userId }) => sendAway(userId))

  const onNotice = reading(
    notice,
    'Send {"text", "level"?: "info" or "warning", "room"?}.',
    ({ text, level = 'info', room }) => {
      const message = { id: newId(), level, text, at: clock.now() }
      const to = room === undefined ? io : io.to(adapterRoom(room))
      to.emit(serverEvent.notice, message)
      events.noticed({ id: message.id, level, room })
      return { id: message.id, ...reach() }
    },
  )
  const onDisconnect = reading(disconnect, 'Send {"userId"}.', ({ userId }) => {
    peers.tell(disconnectEvent, { userId })
    return { connectionsHere: sendAway(userId), ...reach() }
  })
  return new Map([
    ['/operator/notice', (_url, body) => onNotice(body)],
    ['/operator/disconnect', (_url, body) => onDisconnect(body)],
  ])
}
